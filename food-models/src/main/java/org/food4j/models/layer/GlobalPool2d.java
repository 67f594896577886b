package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;

/**
 * One value per channel over all places of its map: {@code [batch, height, width, channels]} to
 * {@code [batch, channels]}.
 */
public final class GlobalPool2d extends PoolLayer {
  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  GlobalPool2d() {}

  /** Pools in the given way. */
  public GlobalPool2d(Pooling pooling) {
    super(pooling);
  }

  @Override
  public Window window(long height, long width) {
    Window.Size all = new Window.Size((int) height, (int) width);
    Window.Size one = Window.Size.square(1);
    Window.Size none = Window.Size.square(0);
    return new Window(all, one, one, none, none);
  }

  @Override
  long[] outputShape(MapShape pooled) {
    return new long[] {pooled.batch(), pooled.channels()};
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(MapTypes.maps(input, layerName).getChannels());
  }

  @Override
  public GlobalPool2d clone() {
    return (GlobalPool2d) super.clone();
  }
}
