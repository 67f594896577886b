package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of the registry as an ONNX model, initialised at random, statistics included. */
public final class RandomNetwork {
  private RandomNetwork() {}

  /** The network for 5 classes. */
  public static ModelProto exported(String name, int size) {
    ComputationGraph graph = Architectures.named(name).graph(new NetworkSpec(5, size), 1);
    Nd4j.getRandom().setSeed(7);
    for (GraphVertex vertex : graph.getVertices()) {
      Map<String, INDArray> parameters = vertex.paramTable(false);
      if (parameters != null) {
        new TreeMap<>(parameters).forEach(RandomNetwork::disturb);
      }
    }
    return new OnnxExporter().export(graph, ExportOptions.photos(size));
  }

  private static void disturb(String key, INDArray parameter) {
    INDArray uniform = Nd4j.rand(DataType.FLOAT, parameter.shape());
    switch (key) {
      case "gamma", "var" -> parameter.assign(uniform.muli(0.8).addi(0.6));
      case "b", "beta", "mean" -> parameter.assign(uniform.subi(0.5).muli(0.4));
      default -> {
        // weights are random as they are
      }
    }
  }
}
