package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The computation of {@link ChannelRowSwap2d}. It copies: a view would be gone with the workspace
 * of the layer before, and there is one value per channel only.
 */
final class ChannelRowSwapComputation extends PlainComputation<ChannelRowSwap2d> {
  private static final long serialVersionUID = 1L;

  ChannelRowSwapComputation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  INDArray forward(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATIONS, input.reshape('c', swapped()), 'c');
  }

  @Override
  INDArray backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray dOutput = Maps.gradient(epsilon, swapped(), name());
    return workspaces.dup(ArrayType.ACTIVATION_GRAD, dOutput.reshape('c', input.shape()), 'c');
  }

  private long[] swapped() {
    return new long[] {input.size(0), input.size(3), 1, input.size(1)};
  }
}
