package org.food4j.models.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One value per channel over all places of its map: {@code [batch, height, width, channels]} to
 * {@code [batch, channels]}, or to maps of one place, {@code [batch, 1, 1, channels]}, for
 * convolutions to read.
 */
public final class GlobalPool2d extends PoolLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private boolean flat = true;

  /** For deserialisation. */
  GlobalPool2d() {}

  /**
   * @param flat whether the output is {@code [batch, channels]} rather than maps of one place
   */
  public GlobalPool2d(Pooling pooling, boolean flat) {
    super(pooling);
    this.flat = flat;
  }

  /** Whether the output is {@code [batch, channels]} rather than maps of one place. */
  public boolean isFlat() {
    return flat;
  }

  @Override
  public Window window(long height, long width) {
    return Window.everything(new MapShape(1, height, width, 1));
  }

  @Override
  long[] outputShape(MapShape pooled) {
    return flat ? new long[] {pooled.batch(), pooled.channels()} : pooled.dimensions();
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    long channels = MapTypes.maps(input, layerName).getChannels();
    return flat ? InputType.feedForward(channels) : MapTypes.channelsLast(1, 1, channels);
  }

  @Override
  public GlobalPool2d clone() {
    return (GlobalPool2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GlobalPool2d that && super.equals(that) && flat == that.flat;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), flat);
  }
}
