package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.MapShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class BatchNormTest {
  private static final double EPS = 1e-3;

  /** Dimensions of the maps, and whether a rectifier follows. */
  static Stream<Arguments> cases() {
    Stream<long[]> dimensions =
        Stream.concat(
            KernelCases.maps().stream().map(MapShape::dimensions), Stream.of(new long[] {6, 5}));
    return dimensions.flatMap(d -> Stream.of(Arguments.of(d, false), Arguments.of(d, true)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forward_ofDoubles_equalsTheFormula(long[] dimensions, boolean rectified) {
    assertForward(dimensions, rectified, DataType.DOUBLE, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forward_ofFloats_equalsTheFormula(long[] dimensions, boolean rectified) {
    assertForward(dimensions, rectified, DataType.FLOAT, 1e-5);
  }

  private static void assertForward(
      long[] dimensions, boolean rectified, DataType type, double tolerance) {
    Values values = new Values(dimensions, rectified, type);
    INDArray given = values.x.dup();
    values.kernel.forward(
        values.x, values.gamma, values.beta, values.mean, values.variance, values.y);
    INDArray expected = Nd4j.create(type, dimensions);
    INDArray rows = values.x.reshape('c', -1, values.channels);
    INDArray expectedRows = expected.reshape('c', true, -1, values.channels);
    for (long c = 0; c < values.channels; c++) {
      double[] x = rows.getColumn(c).toDoubleVector();
      double mean = Arrays.stream(x).average().orElseThrow();
      double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int row = 0; row < x.length; row++) {
        expectedRows.putScalar(
            row,
            c,
            values.gamma.getDouble(c) * (x[row] - mean) / Math.sqrt(variance + EPS)
                + values.beta.getDouble(c));
      }
      assertThat(values.mean.getDouble(c)).isCloseTo(mean, within(tolerance));
      assertThat(values.variance.getDouble(c)).isCloseTo(variance, within(tolerance));
    }
    if (rectified) {
      Transforms.relu(expected, false);
    }
    assertThat(values.y.equalsWithEps(expected, tolerance)).isTrue();
    assertThat(values.x).isEqualTo(given);

    INDArray again = Nd4j.create(type, dimensions);
    values.kernel.infer(values.x, values.gamma, values.beta, values.mean, values.variance, again);
    assertThat(again.equalsWithEps(values.y, tolerance)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_equalFiniteDifferences(long[] dimensions, boolean rectified) {
    Values values = new Values(dimensions, rectified, DataType.DOUBLE);
    INDArray dy = KernelCases.array(DataType.DOUBLE, 7, dimensions);
    INDArray givenX = values.x.dup();
    INDArray givenDy = dy.dup();
    DoubleSupplier loss =
        () -> {
          values.kernel.forward(
              values.x, values.gamma, values.beta, values.mean, values.variance, values.y);
          return values.y.mul(dy).sumNumber().doubleValue();
        };
    assertThat(loss.getAsDouble()).isFinite();
    INDArray dx = Nd4j.valueArrayOf(dimensions, 99, DataType.DOUBLE);
    INDArray dGamma = values.gamma.ulike().assign(99);
    INDArray dBeta = values.beta.ulike().assign(99);
    values.kernel.backward(
        values.x, values.gamma, values.beta, values.mean, values.variance, dy, dx, dGamma, dBeta);
    assertThat(values.x).isEqualTo(givenX);
    assertThat(dy).isEqualTo(givenDy);
    assertGradient("x", values.x, dx, loss);
    assertGradient("gamma", values.gamma, dGamma, loss);
    assertGradient("beta", values.beta, dBeta, loss);

    values.kernel.backward(
        values.x, values.gamma, values.beta, values.mean, values.variance, dy, dy, dGamma, dBeta);
    assertThat(dy).as("in place").isEqualTo(dx);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsWithFrozenStatistics_equalFiniteDifferences(long[] dimensions, boolean rectified) {
    Values values = new Values(dimensions, rectified, DataType.DOUBLE);
    values.mean.assign(0.3);
    values.variance.assign(1.7);
    INDArray dy = KernelCases.array(DataType.DOUBLE, 7, dimensions);
    DoubleSupplier loss =
        () -> {
          values.kernel.forwardFrozen(
              values.x, values.gamma, values.beta, values.mean, values.variance, values.y);
          return values.y.mul(dy).sumNumber().doubleValue();
        };
    assertThat(loss.getAsDouble()).isFinite();
    INDArray dx = Nd4j.valueArrayOf(dimensions, 99, DataType.DOUBLE);
    INDArray dGamma = values.gamma.ulike().assign(99);
    INDArray dBeta = values.beta.ulike().assign(99);
    values.kernel.backwardFrozen(
        values.x, values.gamma, values.beta, values.mean, values.variance, dy, dx, dGamma, dBeta);
    assertGradient("x", values.x, dx, loss);
    assertGradient("gamma", values.gamma, dGamma, loss);
    assertGradient("beta", values.beta, dBeta, loss);
    assertThat(values.mean.meanNumber().doubleValue()).isCloseTo(0.3, within(1e-12));

    values.kernel.backwardFrozen(
        values.x, values.gamma, values.beta, values.mean, values.variance, dy, dy, dGamma, dBeta);
    assertThat(dy).as("in place").isEqualTo(dx);
  }

  @Test
  void halfPrecision_ofManyValues_followsFloat() {
    long[] dimensions = {2, 50, 60, 3};
    Values floats = new Values(dimensions, true, DataType.FLOAT);
    Values halves = new Values(dimensions, true, DataType.FLOAT16);
    for (Values values : List.of(floats, halves)) {
      values.kernel.forward(
          values.x, values.gamma, values.beta, values.mean, values.variance, values.y);
    }
    assertThat(halves.mean.castTo(DataType.FLOAT).equalsWithEps(floats.mean, 0.002)).isTrue();
    assertThat(halves.y.castTo(DataType.FLOAT).equalsWithEps(floats.y, 0.02)).isTrue();
  }

  private static final class Values {
    final BatchNormKernel kernel;
    final long channels;
    final INDArray x;
    final INDArray gamma;
    final INDArray beta;
    final INDArray mean;
    final INDArray variance;
    final INDArray y;

    Values(long[] dimensions, boolean rectified, DataType type) {
      x = KernelCases.array(type, 1, dimensions).muli(2).addi(0.7);
      kernel = new Nd4jKernels().batchNorm(MapShape.of(x), EPS, rectified);
      channels = dimensions[dimensions.length - 1];
      gamma = KernelCases.array(type, 2, channels);
      beta = KernelCases.array(type, 3, channels);
      mean = Nd4j.valueArrayOf(new long[] {channels}, 99, type);
      variance = mean.dup();
      y = Nd4j.valueArrayOf(dimensions, 99, type);
    }
  }
}
