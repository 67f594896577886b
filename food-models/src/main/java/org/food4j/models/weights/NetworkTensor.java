package org.food4j.models.weights;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A parameter of a graph as a tensor of PyTorch's.
 *
 * @param name torchvision's
 * @param shape in files
 * @param parameter a view of the graph's own
 * @param transposed whether DL4J keeps it as {@code [in, out]} where files have {@code [out, in]}
 */
@SuppressWarnings("ArrayRecordComponent")
record NetworkTensor(String name, long[] shape, INDArray parameter, boolean transposed) {
  /**
   * All parameters of a graph, in the order of its layers.
   *
   * @throws IllegalArgumentException if a layer has none of torchvision's names
   */
  static List<NetworkTensor> of(ComputationGraph graph) {
    List<NetworkTensor> tensors = new ArrayList<>();
    for (Layer layer : graph.getLayers()) {
      var conf = layer.conf().getLayer();
      layer
          .paramTable()
          .forEach(
              (name, parameter) ->
                  tensors.add(
                      new NetworkTensor(
                          ParameterNames.of(conf, name),
                          NetworkShapes.of(conf, name),
                          parameter,
                          conf instanceof DenseLayer && name.equals("W"))));
    }
    return tensors;
  }

  /** A file's values in the parameter's own shape. */
  INDArray arranged(float[] values) {
    INDArray array = Nd4j.create(values, shape, 'c');
    return transposed ? array.transpose() : array.reshape('c', parameter.shape());
  }

  /** The values as files have them: float32, row-major in {@link #shape()}. */
  float[] values() {
    INDArray array = transposed ? parameter.transpose() : parameter;
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }
}
