package org.food4j.models.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.Kernels;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Brings maps {@code [batch, channels, height, width]} into the layout of this package's layers,
 * {@code [batch, height, width, channels]}: once, before a network's first layer. DL4J adds it by
 * itself.
 */
public final class ChannelsLastPreProcessor implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray preProcess(INDArray maps, int batch, LayerWorkspaceMgr workspaces) {
    if (maps.rank() != 4) {
      throw new IllegalArgumentException(
          "Feature maps are [batch, channels, height, width], not "
              + Arrays.toString(maps.shape()));
    }
    INDArray source = Maps.rowMajor(maps);
    long[] shape = {maps.size(0), maps.size(2), maps.size(3), maps.size(1)};
    // as DL4J's own do: ArrayType.INPUT is gone before the layer runs when activations are detached
    INDArray target =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, maps.dataType(), shape, 'c');
    kernels(maps).toChannelsLast(source, target);
    return target;
  }

  @Override
  public INDArray backprop(INDArray gradient, int batch, LayerWorkspaceMgr workspaces) {
    if (gradient == null) {
      return null; // the layer does not compute a gradient for photos
    }
    INDArray source = Maps.rowMajor(gradient);
    long[] shape = {gradient.size(0), gradient.size(3), gradient.size(1), gradient.size(2)};
    INDArray target =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, gradient.dataType(), shape, 'c');
    kernels(gradient).toChannelsFirst(source, target);
    return target;
  }

  private static Kernels kernels(INDArray maps) {
    return NativeEngine.start().kernels(maps.dataType());
  }

  @Override
  public InputType getOutputType(InputType input) {
    InputType.InputTypeConvolutional maps = MapTypes.maps(input, "channels last");
    return MapTypes.channelsLast(maps.getHeight(), maps.getWidth(), maps.getChannels());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    return new Pair<>(mask, state);
  }

  @Override
  public ChannelsLastPreProcessor clone() {
    return new ChannelsLastPreProcessor();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsLastPreProcessor;
  }

  @Override
  public int hashCode() {
    return ChannelsLastPreProcessor.class.getName().hashCode();
  }
}
