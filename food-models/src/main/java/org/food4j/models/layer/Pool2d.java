package org.food4j.models.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Pooling over square windows: {@code [batch, height, width, channels]} to fewer places. Zeros that
 * pad count neither for the maximum nor for the mean.
 */
public final class Pool2d extends PoolLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int kernel = 1;
  @JsonProperty private int stride = 1;
  @JsonProperty private int padding;
  @JsonProperty private boolean samePadding;

  /** For deserialisation. */
  Pool2d() {}

  /**
   * @param kernel height and width of a window, at least 1
   * @param stride distance of windows, at least 1
   * @param padding zeros on each side, below {@code kernel}
   * @throws IllegalArgumentException if one is outside its range
   */
  public Pool2d(Pooling pooling, int kernel, int stride, int padding) {
    super(pooling);
    if (kernel < 1 || stride < 1 || padding < 0 || padding >= kernel) {
      throw new IllegalArgumentException(
          "Kernel and stride are at least 1, padding at least 0 and below the kernel, not %d, %d, %d"
              .formatted(kernel, stride, padding));
    }
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
  }

  /**
   * Pooling with TensorFlow's padding: the output has {@code ceil(input / stride)} rows and
   * columns, and where an odd number of zeros is needed, one more goes below and to the right.
   *
   * @param kernel height and width of a window, at least 1
   * @param stride distance of windows, at least 1
   * @throws IllegalArgumentException if one is outside its range
   */
  public static Pool2d same(Pooling pooling, int kernel, int stride) {
    Pool2d layer = new Pool2d(pooling, kernel, stride, 0);
    layer.samePadding = true;
    return layer;
  }

  /** Height and width of a window. */
  public int kernel() {
    return kernel;
  }

  /** Distance of windows. */
  public int stride() {
    return stride;
  }

  /** Zeros on each side, if the padding is not TensorFlow's. */
  public int padding() {
    return padding;
  }

  @Override
  public Window window(long height, long width) {
    int[] window = {kernel, kernel};
    return new Padding(samePadding, padding, padding)
        .window(height, width, window, new int[] {stride, stride}, new int[] {1, 1});
  }

  @Override
  long[] outputShape(MapShape pooled) {
    return pooled.dimensions();
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    InputType.InputTypeConvolutional maps = MapTypes.maps(input, layerName);
    long channels = maps.getChannels();
    Window window = window(maps.getHeight(), maps.getWidth());
    long height = maps.getHeight() + window.before().height() + window.after().height();
    long width = maps.getWidth() + window.before().width() + window.after().width();
    if (height < kernel || width < kernel) {
      throw new IllegalArgumentException(
          "Layer \"%s\": a window of %d does not fit into padded maps of %d x %d"
              .formatted(layerName, kernel, height, width));
    }
    MapShape output =
        window.output(new MapShape(1, maps.getHeight(), maps.getWidth(), channels), channels);
    return MapTypes.channelsLast(output.height(), output.width(), channels);
  }

  @Override
  public Pool2d clone() {
    return (Pool2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pool2d that
        && super.equals(that)
        && kernel == that.kernel
        && stride == that.stride
        && padding == that.padding
        && samePadding == that.samePadding;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), kernel, stride, padding, samePadding);
  }
}
