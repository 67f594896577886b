package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MeanMaxTest {
  private final Nd4jKernels kernels = new Nd4jKernels();

  static List<MapShape> shapes() {
    return KernelCases.maps();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void overPositions_equalLoopsAndFiniteDifferences(MapShape shape) {
    INDArray x = KernelCases.array(DataType.DOUBLE, 1, shape.dimensions());
    INDArray y = rubbish(shape.batch(), 2, 1, shape.channels());
    kernels.meanMaxOverPositions(shape).forward(x, y);
    INDArray rows = x.reshape('c', shape.batch(), shape.positions(), shape.channels());
    for (long n = 0; n < shape.batch(); n++) {
      for (long c = 0; c < shape.channels(); c++) {
        double[] values = new double[(int) shape.positions()];
        for (int p = 0; p < values.length; p++) {
          values[p] = rows.getDouble(n, p, c);
        }
        assertMeanAndMax(values, y.getDouble(n, 0, 0, c), y.getDouble(n, 1, 0, c));
      }
    }
    assertGradients(kernels.meanMaxOverPositions(shape), x, y);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void overChannels_equalLoopsAndFiniteDifferences(MapShape shape) {
    INDArray x = KernelCases.array(DataType.DOUBLE, 1, shape.dimensions());
    INDArray y = rubbish(shape.withChannels(2).dimensions());
    kernels.meanMaxOverChannels(shape).forward(x, y);
    INDArray rows = x.reshape('c', shape.batch() * shape.positions(), shape.channels());
    for (long row = 0; row < rows.size(0); row++) {
      double[] values = rows.getRow(row).toDoubleVector();
      assertMeanAndMax(values, y.getDouble(2 * row), y.getDouble(2 * row + 1));
    }
    assertGradients(kernels.meanMaxOverChannels(shape), x, y);
  }

  /**
   * What PyTorch's amax does: {@code torch.zeros(1, 1, 2, 2).amax((2, 3))} gives a quarter each.
   */
  @Test
  void maximum_foundSeveralTimes_sharesItsGradientEvenly() {
    MapShape shape = new MapShape(1, 2, 2, 2);
    INDArray x = Nd4j.createFromArray(3.0, 0, 1, 0, 3, 0, 3, 0).reshape('c', 1, 2, 2, 2);
    INDArray y = rubbish(1, 2, 1, 2);
    INDArray dx = rubbish(1, 2, 2, 2);
    MeanMaxKernel positions = kernels.meanMaxOverPositions(shape);
    positions.forward(x, y);
    positions.backward(x, y, Nd4j.createFromArray(0.0, 0, 3, 8).reshape('c', 1, 2, 1, 2), dx);
    assertThat(dx.reshape(8).toDoubleVector()).containsExactly(1, 2, 0, 2, 1, 2, 1, 2);

    INDArray ofChannels = rubbish(1, 2, 2, 2);
    MeanMaxKernel channels = kernels.meanMaxOverChannels(shape);
    INDArray same = Nd4j.createFromArray(5.0, 5, 1, 2, 0, 0, 2, 1).reshape('c', 1, 2, 2, 2);
    channels.forward(same, ofChannels);
    channels.backward(
        same,
        ofChannels,
        Nd4j.createFromArray(0.0, 1, 0, 2, 0, 3, 4, 4).reshape('c', 1, 2, 2, 2),
        dx);
    assertThat(dx.reshape(8).toDoubleVector()).containsExactly(0.5, 0.5, 0, 2, 1.5, 1.5, 6, 2);
  }

  @Test
  void halfPrecision_followsFloat() {
    MapShape shape = new MapShape(2, 60, 50, 3);
    INDArray x = KernelCases.array(DataType.FLOAT16, 1, shape.dimensions());
    INDArray half = Nd4j.create(DataType.FLOAT16, 2, 2, 1, 3);
    INDArray full = Nd4j.create(DataType.FLOAT, 2, 2, 1, 3);
    kernels.meanMaxOverPositions(shape).forward(x, half);
    kernels.meanMaxOverPositions(shape).forward(x.castTo(DataType.FLOAT), full);
    assertThat(half.castTo(DataType.FLOAT).equalsWithEps(full, 2e-3)).isTrue();
  }

  private static void assertMeanAndMax(double[] values, double mean, double maximum) {
    assertThat(mean).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-12));
    assertThat(maximum).isEqualTo(Arrays.stream(values).max().orElseThrow());
  }

  private static void assertGradients(MeanMaxKernel kernel, INDArray x, INDArray y) {
    INDArray given = x.dup();
    INDArray dy = KernelCases.array(DataType.DOUBLE, 2, y.shape());
    INDArray dx = rubbish(x.shape());
    kernel.backward(x, y, dy, dx);
    assertThat(x).isEqualTo(given);
    DoubleSupplier loss =
        () -> {
          kernel.forward(x, y);
          return y.mul(dy).sumNumber().doubleValue();
        };
    assertGradient("x", x, dx, loss);
  }

  private static INDArray rubbish(long... shape) {
    return Nd4j.valueArrayOf(shape, 99, DataType.DOUBLE);
  }
}
