package org.food4j.models.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A vertex without parameters over feature maps. */
@SuppressWarnings("overrides") // DL4J declares setInputs with and without varargs
abstract class MapVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  MapVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
  }

  /** An input, row-major. */
  final INDArray input(int index) {
    if (!canDoForward()) {
      throw new IllegalStateException(vertexName + ": its inputs are not set");
    }
    return Maps.rowMajor(inputs[index]);
  }

  /**
   * The gradient with respect to the output, row-major.
   *
   * @param shape the output's
   */
  final INDArray gradient(long[] shape) {
    if (!canDoBackward()) {
      throw new IllegalStateException(vertexName + ": its inputs or its epsilon are not set");
    }
    return Maps.gradient(epsilon, shape, vertexName);
  }

  @Override
  public final boolean hasLayer() {
    return false;
  }

  @Override
  public final Layer getLayer() {
    return null; // DL4J's own vertices without a layer say so in this way
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray gradients) {
    if (gradients != null) {
      throw new IllegalArgumentException(vertexName + " has no parameters to take gradients for");
    }
  }

  @Override
  public final Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    if (masks != null) {
      for (INDArray mask : masks) {
        Maps.refuseMask(mask, vertexName);
      }
    }
    return null;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "(" + vertexName + ")";
  }
}
