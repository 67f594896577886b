package org.food4j.models.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** The computation of {@link ChannelScaleVertex}. */
@SuppressWarnings("overrides") // DL4J declares setInputs with and without varargs
final class ChannelScale extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  ChannelScale(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null; // DL4J's own vertices without a layer say so in this way
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    if (!canDoForward()) {
      throw new IllegalStateException(vertexName + ": its two inputs are not set");
    }
    return scaled(inputs[0], inputs[1], ArrayType.ACTIVATIONS, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    if (!canDoBackward()) {
      throw new IllegalStateException(vertexName + ": its inputs or its epsilon are not set");
    }
    INDArray map = inputs[0];
    INDArray toMap = scaled(epsilon, inputs[1], ArrayType.ACTIVATION_GRAD, workspaces);
    long batch = map.size(0);
    long channels = map.size(1);
    // d/d factor = sum over the positions of epsilon * map; as rows, because ND4J reduces a
    // contiguous last dimension much faster than two strided ones.
    INDArray product = epsilon.mul(map).reshape('c', batch * channels, map.size(2) * map.size(3));
    INDArray toFactors =
        workspaces.leverageTo(
            ArrayType.ACTIVATION_GRAD, product.sum(1).reshape('c', batch, channels));
    return new Pair<>(null, new INDArray[] {toMap, toFactors});
  }

  private INDArray scaled(
      INDArray map, INDArray factors, ArrayType type, LayerWorkspaceMgr workspaces) {
    INDArray out = workspaces.createUninitialized(type, map.dataType(), map.shape(), 'c');
    return Nd4j.exec(new BroadcastMulOp(map, factors, out, 0, 1));
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    if (gradients != null) {
      throw new IllegalArgumentException(vertexName + " has no parameters to take gradients for");
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return masks == null || masks.length == 0 ? null : new Pair<>(masks[0], state);
  }

  @Override
  public String toString() {
    return "ChannelScale(" + vertexName + ")";
  }
}
