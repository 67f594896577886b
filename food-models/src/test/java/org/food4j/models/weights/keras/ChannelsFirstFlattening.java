package org.food4j.models.weights.keras;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maps {@code [batch, height, width, channels]} as vectors in PyTorch's order, for inference. */
final class ChannelsFirstFlattening implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray preProcess(INDArray maps, int batch, LayerWorkspaceMgr workspaces) {
    INDArray turned = maps.permute(0, 3, 1, 2).dup('c');
    return workspaces.dup(ArrayType.ACTIVATIONS, turned.reshape('c', maps.size(0), -1));
  }

  @Override
  public INDArray backprop(INDArray gradient, int batch, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException("for inference");
  }

  @Override
  public InputPreProcessor clone() {
    return new ChannelsFirstFlattening();
  }

  @Override
  public InputType getOutputType(InputType maps) {
    return InputType.feedForward(maps.arrayElementsPerExample());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    return new Pair<>(mask, state);
  }
}
