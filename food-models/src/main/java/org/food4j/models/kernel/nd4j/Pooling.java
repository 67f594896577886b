package org.food4j.models.kernel.nd4j;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

final class Pooling implements PoolingKernel {
  /** Makes ND4J's mean divide by the window's area; the maximum does not look at it. */
  private static final int INCLUDE_PADDING = 1;

  private static final int CHANNELS_LAST = 1;

  private final Frame frame;
  private final String operation;
  private final double padding;

  /** Null, or the window's area by the number of its values on the maps, for each window. */
  private final double[][] correction;

  private Pooling(MapShape input, Window window, boolean max) {
    if (!window.dilation().equals(Window.Size.square(1))) {
      throw new IllegalArgumentException(
          "Pooling takes dense windows; dilation 1x1, not " + window.dilation());
    }
    double[][] areas = areaByValues(input, window);
    if (Arrays.stream(areas).flatMapToDouble(Arrays::stream).anyMatch(Double::isInfinite)) {
      throw new IllegalArgumentException(
          "A window sees padding alone, which has no maximum and no mean: give "
              + window
              + " less padding than its kernel's size");
    }
    boolean padded = Arrays.stream(areas).flatMapToDouble(Arrays::stream).anyMatch(a -> a != 1);
    this.frame = new Frame(input, window);
    this.operation = max ? "maxpool2d" : "avgpool2d";
    this.padding = max ? Double.NEGATIVE_INFINITY : 0;
    this.correction = max || !padded ? null : areas;
  }

  static Pooling max(MapShape input, Window window) {
    return new Pooling(input, window, true);
  }

  static Pooling mean(MapShape input, Window window) {
    return new Pooling(input, window, false);
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    Nd4j.exec(call(operation).addInputs(frame.around(x, padding)).addOutputs(y).build());
    if (correction != null) {
      y.muli(correction(y));
    }
  }

  @Override
  public void infer(INDArray x, INDArray y) {
    forward(x, y);
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray dx) {
    INDArray corrected = correction == null ? dy : dy.mul(correction(dy));
    INDArray dFrame = frame.gradient(dx);
    Nd4j.exec(
        call(operation + "_bp")
            .addInputs(frame.around(x, padding), corrected)
            .addOutputs(dFrame)
            .build());
    frame.crop(dFrame, dx);
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder call(String name) {
    return DynamicCustomOp.builder(name)
        .addIntegerArguments(frame.arguments(INCLUDE_PADDING, CHANNELS_LAST));
  }

  /** {@code [1, height, width, 1]}. */
  private INDArray correction(INDArray output) {
    return Nd4j.createFromArray(correction)
        .castTo(output.dataType())
        .reshape('c', 1, output.size(1), output.size(2), 1);
  }

  private static double[][] areaByValues(MapShape input, Window window) {
    MapShape output = window.output(input, input.channels());
    double[] rows =
        sizeByValues(
            output.height(),
            input.height(),
            window.kernel().height(),
            window.stride().height(),
            window.before().height());
    double[] columns =
        sizeByValues(
            output.width(),
            input.width(),
            window.kernel().width(),
            window.stride().width(),
            window.before().width());
    return Arrays.stream(rows)
        .mapToObj(row -> Arrays.stream(columns).map(column -> row * column).toArray())
        .toArray(double[][]::new);
  }

  private static double[] sizeByValues(long places, long size, int kernel, int stride, int before) {
    return IntStream.range(0, (int) places)
        .mapToDouble(
            place -> {
              long start = (long) place * stride - before;
              long values = Math.min(size, start + kernel) - Math.max(0, start);
              return (double) kernel / Math.max(0, values);
            })
        .toArray();
  }
}
