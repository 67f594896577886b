package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.stream.Stream;
import org.food4j.models.kernel.AdditionKernel;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.MapShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class AdditionTest {
  static Stream<long[]> dimensions() {
    return Stream.concat(
        KernelCases.maps().stream().map(MapShape::dimensions), Stream.of(new long[] {3, 5}));
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void sumWithIdentity_isTheSum(long[] dimensions) {
    INDArray a = KernelCases.array(DataType.FLOAT, 1, dimensions);
    INDArray b = KernelCases.array(DataType.FLOAT, 2, dimensions);
    INDArray y = a.ulike();
    new Nd4jKernels().addition(MapShape.of(a), new ActivationIdentity()).forward(a, b, y);
    assertThat(y).isEqualTo(a.add(b));
    assertThat(a).isEqualTo(KernelCases.array(DataType.FLOAT, 1, dimensions));
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void gradient_equalsFiniteDifferences(long[] dimensions) {
    INDArray a = KernelCases.array(DataType.DOUBLE, 1, dimensions);
    INDArray b = KernelCases.array(DataType.DOUBLE, 2, dimensions);
    INDArray dy = KernelCases.array(DataType.DOUBLE, 3, dimensions);
    INDArray y = a.ulike();
    INDArray dx = a.ulike();
    AdditionKernel kernel = new Nd4jKernels().addition(MapShape.of(a), new ActivationSigmoid());
    kernel.forward(a, b, y);
    kernel.backward(a, b, y, dy, dx);
    assertThat(dy).isEqualTo(KernelCases.array(DataType.DOUBLE, 3, dimensions));
    for (INDArray summand : new INDArray[] {a, b}) {
      assertGradient(
          "summand",
          summand,
          dx,
          () -> {
            kernel.forward(a, b, y);
            return y.mul(dy).sumNumber().doubleValue();
          });
    }
  }
}
