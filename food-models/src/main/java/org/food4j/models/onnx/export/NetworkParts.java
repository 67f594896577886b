package org.food4j.models.onnx.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of either kind, as a graph's configuration and its parameters, which are not copied.
 *
 * @param order the vertices, inputs included, each after what it reads
 * @param parametersOf a vertex's parameters by DL4J's keys; empty without parameters
 */
record NetworkParts(
    ComputationGraphConfiguration configuration,
    List<String> order,
    Function<String, Map<String, INDArray>> parametersOf) {

  static final String SEQUENTIAL_INPUT = "input";

  static NetworkParts of(ComputationGraph graph) {
    GraphVertex[] vertices = graph.getVertices();
    List<String> order = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      order.add(vertices[index].getVertexName());
    }
    return new NetworkParts(
        graph.getConfiguration(), order, name -> known(graph.getVertex(name).paramTable(false)));
  }

  /** A chain; layers without a name are called {@code layer0} and so on. */
  static NetworkParts of(MultiLayerNetwork network) {
    // Putting layers into a graph writes to them.
    MultiLayerConfiguration layers = network.getLayerWiseConfigurations().clone();
    GraphBuilder chain =
        new NeuralNetConfiguration.Builder()
            .dataType(layers.getDataType())
            .graphBuilder()
            .addInputs(SEQUENTIAL_INPUT);
    Map<String, Integer> indices = new LinkedHashMap<>();
    String last = SEQUENTIAL_INPUT;
    for (int i = 0; i < layers.getConfs().size(); i++) {
      String given = layers.getConf(i).getLayer().getLayerName();
      boolean free =
          given != null && !given.equals(SEQUENTIAL_INPUT) && !indices.containsKey(given);
      String name = free ? given : "layer" + i;
      chain.addLayer(name, layers.getConf(i).getLayer(), layers.getInputPreProcess(i), last);
      indices.put(name, i);
      last = name;
    }
    ComputationGraphConfiguration configuration =
        chain.setOutputs(last).validateOutputLayerConfig(false).build();
    List<String> order = new ArrayList<>(List.of(SEQUENTIAL_INPUT));
    order.addAll(indices.keySet());
    return new NetworkParts(
        configuration, order, name -> known(network.getLayer(indices.get(name)).paramTable(false)));
  }

  private static Map<String, INDArray> known(Map<String, INDArray> parameters) {
    return parameters == null ? Map.of() : parameters;
  }
}
