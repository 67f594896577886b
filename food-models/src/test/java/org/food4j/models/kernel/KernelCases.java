package org.food4j.models.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.food4j.models.kernel.Window.Size;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small shapes on which every implementation of the kernels is tested, and values for them. */
public final class KernelCases {
  private KernelCases() {}

  /** Maps and the window that pools them. */
  public record Pooled(MapShape input, Window window) {
    /** Maps that pooling makes. */
    public MapShape output() {
      return window.output(input, input.channels());
    }
  }

  /** Dense, grouped and depthwise convolutions. */
  public static List<ConvolutionShape> convolutions() {
    return List.of(
        // pointwise
        convolution(maps(2, 5, 4, 3), 7, 1, window(1, 1, 1, 0, 0)),
        convolution(maps(1, 1, 1, 16), 10, 1, window(1, 1, 1, 0, 0)),
        convolution(maps(2, 5, 7, 16), 32, 1, window(1, 2, 1, 0, 0)),
        // dense
        convolution(maps(1, 7, 5, 3), 4, 1, window(3, 1, 1, 1, 1)),
        convolution(maps(2, 6, 9, 16), 16, 1, window(3, 1, 1, 1, 1)),
        convolution(maps(3, 8, 9, 3), 5, 1, window(3, 2, 1, 1, 1)),
        convolution(maps(2, 9, 11, 2), 3, 1, window(5, 3, 1, 2, 2)),
        convolution(maps(1, 10, 11, 3), 16, 1, window(7, 2, 1, 3, 3)),
        convolution(
            maps(2, 6, 8, 3),
            4,
            1,
            new Window(
                new Size(3, 2), new Size(1, 2), new Size(2, 1), new Size(2, 0), new Size(1, 1))),
        // padding that is not alike on both sides, as TensorFlow's SAME
        convolution(maps(2, 8, 6, 3), 4, 1, window(3, 2, 1, 0, 1)),
        convolution(maps(2, 8, 9, 4), 4, 1, window(5, 2, 1, 1, 2)),
        convolution(maps(1, 2, 2, 3), 4, 1, window(3, 2, 1, 0, 1)),
        convolution(maps(1, 1, 1, 3), 4, 1, window(2, 1, 1, 0, 1)),
        // the last rows and columns are in no window
        convolution(maps(2, 8, 7, 3), 4, 1, window(3, 2, 1, 1, 0)),
        convolution(maps(1, 7, 7, 3), 4, 1, window(3, 3, 1, 1, 0)),
        convolution(maps(1, 6, 7, 2), 4, 1, window(3, 1, 1, 1, 0)),
        convolution(maps(1, 8, 8, 2), 3, 1, window(2, 3, 1, 1, -1)),
        convolution(maps(2, 9, 9, 2), 3, 1, window(3, 1, 2, 2, 2)),
        convolution(maps(1, 9, 8, 3), 3, 1, window(3, 2, 3, 3, 2)),
        // grouped
        convolution(maps(2, 5, 6, 4), 6, 2, window(3, 1, 1, 1, 1)),
        convolution(maps(2, 6, 5, 6), 6, 3, window(3, 2, 1, 0, 1)),
        convolution(maps(1, 5, 5, 16), 16, 2, window(1, 1, 1, 0, 0)),
        // depthwise
        // dense 3x3 of whole vectors of channels: Winograd's algorithm
        convolution(maps(2, 9, 11, 16), 32, 1, window(3, 1, 1, 1, 1)),
        convolution(maps(1, 5, 4, 48), 16, 1, window(3, 1, 1, 1, 1)),
        // wide depthwise kernels
        convolution(maps(2, 9, 8, 24), 24, 24, window(5, 1, 1, 2, 2)),
        convolution(maps(3, 8, 11, 16), 16, 16, window(5, 2, 1, 2, 2)),
        convolution(maps(2, 7, 9, 17), 17, 17, window(7, 1, 1, 3, 3)),
        convolution(maps(1, 4, 4, 32), 32, 32, window(5, 1, 1, 2, 2)),
        convolution(maps(2, 5, 6, 5), 5, 5, window(3, 1, 1, 1, 1)),
        convolution(maps(1, 7, 8, 16), 16, 16, window(3, 2, 1, 1, 1)),
        convolution(maps(2, 9, 8, 3), 3, 3, window(5, 2, 1, 1, 2)),
        convolution(maps(2, 9, 7, 3), 3, 3, window(3, 3, 1, 1, 1)),
        convolution(maps(1, 9, 8, 4), 4, 4, window(3, 1, 2, 2, 2)),
        // depthwise with several filters for each channel
        convolution(maps(2, 6, 5, 3), 6, 3, window(3, 1, 1, 1, 1)),
        convolution(maps(2, 6, 7, 4), 12, 4, window(3, 2, 1, 0, 1)));
  }

  /** Windows for maxima and means. */
  public static List<Pooled> poolings() {
    return List.of(
        new Pooled(maps(2, 6, 8, 3), window(2, 2, 1, 0, 0)),
        new Pooled(maps(2, 7, 9, 3), window(2, 2, 1, 0, 0)),
        new Pooled(maps(1, 7, 9, 16), window(3, 2, 1, 1, 1)),
        new Pooled(maps(3, 8, 7, 5), window(3, 2, 1, 1, 1)),
        new Pooled(maps(2, 5, 6, 3), window(3, 1, 1, 1, 1)),
        new Pooled(maps(2, 8, 6, 3), window(3, 2, 1, 0, 1)),
        new Pooled(maps(1, 2, 2, 3), window(3, 2, 1, 0, 1)),
        new Pooled(maps(2, 8, 8, 4), window(3, 2, 1, 1, 0)),
        new Pooled(maps(1, 6, 7, 2), window(3, 1, 1, 1, 0)),
        new Pooled(maps(2, 8, 10, 3), window(2, 3, 1, 0, 0)),
        new Pooled(
            maps(1, 7, 5, 3),
            new Window(
                new Size(7, 5), new Size(1, 1), Size.square(1), new Size(0, 0), new Size(0, 0))),
        new Pooled(
            maps(2, 7, 6, 3),
            new Window(
                new Size(3, 2), new Size(1, 3), Size.square(1), new Size(2, 0), new Size(1, 1))));
  }

  /** Maps for everything that is done value by value or channel by channel. */
  public static List<MapShape> maps() {
    return List.of(
        maps(1, 5, 7, 3), maps(2, 3, 3, 16), maps(3, 4, 5, 1), maps(5, 1, 1, 7), maps(2, 7, 1, 4));
  }

  /** The same values, normally distributed, for the same seed on any platform. */
  public static INDArray array(DataType type, long seed, long... shape) {
    Random random = new Random(seed);
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape('c', shape).castTo(type);
  }

  private static MapShape maps(long batch, long height, long width, long channels) {
    return new MapShape(batch, height, width, channels);
  }

  private static ConvolutionShape convolution(
      MapShape input, long filters, int groups, Window window) {
    return new ConvolutionShape(input, filters, groups, window);
  }

  private static Window window(int kernel, int stride, int dilation, int before, int after) {
    return new Window(
        Size.square(kernel),
        Size.square(stride),
        Size.square(dilation),
        Size.square(before),
        Size.square(after));
  }
}
