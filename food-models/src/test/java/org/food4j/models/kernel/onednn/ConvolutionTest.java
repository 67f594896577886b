package org.food4j.models.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.onednn.Sides.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSwish;

class ConvolutionTest {
  static List<ConvolutionShape> shapes() {
    return KernelCases.convolutions();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forward_onChangingArrays_agrees(ConvolutionShape shape) {
    Kernel kernel = new Kernel(shape);
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(shape.input().dimensions());
      Pair weights = sides.argument(shape.weights());
      Pair bias = sides.argument(shape.filters());
      for (Pair shift : List.of(bias, Pair.NONE)) {
        Pair y = sides.result(shape.output().dimensions());
        kernel.fast.forward(x.fast(), weights.fast(), shift.fast(), y.fast());
        kernel.plain.forward(x.plain(), weights.plain(), shift.plain(), y.plain());
        sides.assertAgree("y", y);
      }
      sides.assertArgumentsUnchanged();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void infer_withEachPartOrWithout_agrees(ConvolutionShape shape) {
    List<IActivation> functions =
        List.of(
            new ActivationIdentity(),
            new ActivationReLU(),
            new ActivationSwish(),
            new HardSigmoid());
    Kernel kernel = new Kernel(shape);
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(shape.input().dimensions());
      Pair weights = sides.argument(shape.weights());
      Pair scales = sides.argument(shape.filters());
      Pair shifts = sides.argument(shape.filters());
      for (IActivation function : functions) {
        for (Pair scale : List.of(scales, Pair.NONE)) {
          for (Pair shift : List.of(shifts, Pair.NONE)) {
            Pair y = sides.result(shape.output().dimensions());
            kernel.fast.infer(
                x.fast(), weights.fast(), scale.fast(), shift.fast(), function, y.fast());
            kernel.plain.infer(
                x.plain(), weights.plain(), scale.plain(), shift.plain(), function, y.plain());
            sides.assertAgree("y with " + function, y);
          }
        }
      }
      sides.assertArgumentsUnchanged();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradients_onChangingArrays_agree(ConvolutionShape shape) {
    Kernel kernel = new Kernel(shape);
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(shape.input().dimensions());
      Pair weights = sides.argument(shape.weights());
      Pair dy = sides.argument(shape.output().dimensions());
      Pair dx = sides.result(shape.input().dimensions());
      Pair dWeights = sides.result(shape.weights());
      Pair dBias = sides.result(shape.filters());
      kernel.fast.backward(
          x.fast(), weights.fast(), dy.fast(), dx.fast(), dWeights.fast(), dBias.fast());
      kernel.plain.backward(
          x.plain(), weights.plain(), dy.plain(), dx.plain(), dWeights.plain(), dBias.plain());
      sides.assertAgree("dx", dx);
      sides.assertAgree("dWeights", dWeights);
      sides.assertAgree("dBias", dBias);

      Pair alone = sides.result(shape.weights());
      kernel.fast.backward(x.fast(), weights.fast(), dy.fast(), null, alone.fast(), null);
      assertThat(alone.fast()).as("dWeights alone").isEqualTo(dWeights.fast());
      sides.assertArgumentsUnchanged();
    }
  }

  private static final class Kernel {
    final ConvolutionKernel fast;
    final ConvolutionKernel plain;

    Kernel(ConvolutionShape shape) {
      fast = Sides.fast().convolution(shape);
      plain = Sides.plain().convolution(shape);
    }
  }
}
