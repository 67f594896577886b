package org.food4j.models.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.onednn.Sides.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class BatchNormTest {
  private static final double EPS = 1e-3;

  /** Maps, and whether a rectifier follows. */
  static Stream<Arguments> cases() {
    return KernelCases.maps().stream()
        .flatMap(shape -> Stream.of(Arguments.of(shape, false), Arguments.of(shape, true)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainingPass_onChangingArrays_agrees(MapShape shape, boolean rectified) {
    BatchNormKernel fast = Sides.fast().batchNorm(shape, EPS, rectified);
    BatchNormKernel plain = Sides.plain().batchNorm(shape, EPS, rectified);
    long channels = shape.channels();
    for (int round = 0; round < 3; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(round + 1, shape.dimensions());
      Pair gamma = sides.argument(channels);
      Pair beta = sides.argument(channels);
      Pair dy = sides.argument(shape.dimensions());
      Pair mean = sides.result(channels);
      Pair variance = sides.result(channels);
      Pair y = sides.result(shape.dimensions());
      fast.forward(x.fast(), gamma.fast(), beta.fast(), mean.fast(), variance.fast(), y.fast());
      plain.forward(
          x.plain(), gamma.plain(), beta.plain(), mean.plain(), variance.plain(), y.plain());
      sides.assertAgree("mean", mean);
      sides.assertAgree("variance", variance);
      sides.assertAgree("y", y);

      Pair dx = sides.result(shape.dimensions());
      Pair dGamma = sides.result(channels);
      Pair dBeta = sides.result(channels);
      fast.backward(
          x.fast(),
          gamma.fast(),
          beta.fast(),
          mean.fast(),
          variance.fast(),
          dy.fast(),
          dx.fast(),
          dGamma.fast(),
          dBeta.fast());
      plain.backward(
          x.plain(),
          gamma.plain(),
          beta.plain(),
          mean.plain(),
          variance.plain(),
          dy.plain(),
          dx.plain(),
          dGamma.plain(),
          dBeta.plain());
      sides.assertAgree("dx", dx);
      sides.assertAgree("dGamma", dGamma);
      sides.assertAgree("dBeta", dBeta);
      sides.assertArgumentsUnchanged();

      fast.backward(
          x.fast(),
          gamma.fast(),
          beta.fast(),
          mean.fast(),
          variance.fast(),
          dy.fast(),
          dy.fast(),
          dGamma.fast(),
          dBeta.fast());
      assertThat(dy.fast()).as("in place").isEqualTo(dx.fast());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inference_withGivenStatistics_agrees(MapShape shape, boolean rectified) {
    BatchNormKernel fast = Sides.fast().batchNorm(shape, EPS, rectified);
    BatchNormKernel plain = Sides.plain().batchNorm(shape, EPS, rectified);
    long channels = shape.channels();
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(shape.dimensions());
      Pair gamma = sides.argument(channels);
      Pair beta = sides.argument(channels);
      Pair mean = sides.argument(channels);
      Pair deviation = sides.argument(channels);
      Pair variance =
          new Pair(
              deviation.fast().mul(deviation.fast()).addi(0.1),
              deviation.plain().mul(deviation.plain()).addi(0.1));
      Pair y = sides.result(shape.dimensions());
      fast.infer(x.fast(), gamma.fast(), beta.fast(), mean.fast(), variance.fast(), y.fast());
      plain.infer(
          x.plain(), gamma.plain(), beta.plain(), mean.plain(), variance.plain(), y.plain());
      sides.assertAgree("y", y);
      sides.assertArgumentsUnchanged();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainingPassWithFrozenStatistics_onChangingArrays_agrees(MapShape shape, boolean rectified) {
    BatchNormKernel fast = Sides.fast().batchNorm(shape, EPS, rectified);
    BatchNormKernel plain = Sides.plain().batchNorm(shape, EPS, rectified);
    long channels = shape.channels();
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(round + 1, shape.dimensions());
      Pair gamma = sides.argument(channels);
      Pair beta = sides.argument(channels);
      Pair mean = sides.argument(channels);
      Pair deviation = sides.argument(channels);
      INDArray fastVariance = deviation.fast().mul(deviation.fast()).addi(0.1);
      INDArray plainVariance = deviation.plain().mul(deviation.plain()).addi(0.1);
      Pair dy = sides.argument(shape.dimensions());
      Pair y = sides.result(shape.dimensions());
      fast.forwardFrozen(x.fast(), gamma.fast(), beta.fast(), mean.fast(), fastVariance, y.fast());
      plain.forwardFrozen(
          x.plain(), gamma.plain(), beta.plain(), mean.plain(), plainVariance, y.plain());
      sides.assertAgree("y", y);
      Pair dx = sides.result(shape.dimensions());
      Pair dGamma = sides.result(channels);
      Pair dBeta = sides.result(channels);
      fast.backwardFrozen(
          x.fast(),
          gamma.fast(),
          beta.fast(),
          mean.fast(),
          fastVariance,
          dy.fast(),
          dx.fast(),
          dGamma.fast(),
          dBeta.fast());
      plain.backwardFrozen(
          x.plain(),
          gamma.plain(),
          beta.plain(),
          mean.plain(),
          plainVariance,
          dy.plain(),
          dx.plain(),
          dGamma.plain(),
          dBeta.plain());
      sides.assertAgree("dx", dx);
      sides.assertAgree("dGamma", dGamma);
      sides.assertAgree("dBeta", dBeta);
      sides.assertArgumentsUnchanged();
    }
  }
}
