package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.stream.Stream;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.MapShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class FunctionTest {
  static Stream<IActivation> functions() {
    return Stream.of(
        new ActivationIdentity(),
        new ActivationReLU(),
        new ActivationSigmoid(),
        new ActivationTanH(),
        new ActivationSwish(),
        new ActivationELU(0.7),
        new HardSigmoid(),
        new HardSwish());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void forward_ofTwoArraysOrOne_isTheFunction(IActivation function) {
    INDArray x = KernelCases.array(DataType.FLOAT, 1, 2, 3, 5, 4);
    INDArray given = x.dup();
    INDArray y = x.ulike();
    FunctionKernel kernel = new Nd4jKernels().function(MapShape.of(x), function);
    kernel.forward(x, y);
    assertThat(x).isEqualTo(given);
    assertThat(y).isEqualTo(function.getActivation(given, false));
    kernel.forward(x, x);
    assertThat(x).isEqualTo(y);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void gradientOfMaps_equalsFiniteDifferences(IActivation function) {
    assertBackward(function, 2, 3, 5, 4);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void gradientOfVectors_equalsFiniteDifferences(IActivation function) {
    assertBackward(function, 3, 7);
  }

  private static void assertBackward(IActivation function, long... dimensions) {
    INDArray x = KernelCases.array(DataType.DOUBLE, 1, dimensions).muli(2);
    INDArray y = x.ulike();
    INDArray dy = KernelCases.array(DataType.DOUBLE, 2, dimensions);
    INDArray givenX = x.dup();
    INDArray givenDy = dy.dup();
    INDArray dx = x.ulike();
    FunctionKernel kernel = new Nd4jKernels().function(MapShape.of(x), function);
    kernel.backward(x, dy, dx);
    assertThat(x).isEqualTo(givenX);
    assertThat(dy).isEqualTo(givenDy);
    assertGradient(
        "x",
        x,
        dx,
        () -> {
          kernel.forward(x, y);
          return y.mul(givenDy).sumNumber().doubleValue();
        });
    kernel.backward(x, dy, dy);
    assertThat(dy).isEqualTo(dx);
  }
}
