package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PositionScaleKernel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PositionScaleTest {
  static List<MapShape> shapes() {
    return KernelCases.maps();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productAndGradients_equalLoopsAndFiniteDifferences(MapShape shape) {
    PositionScaleKernel kernel = new Nd4jKernels().positionScale(shape);
    INDArray maps = KernelCases.array(DataType.DOUBLE, 1, shape.dimensions());
    INDArray factors = KernelCases.array(DataType.DOUBLE, 2, shape.withChannels(1).dimensions());
    INDArray y = maps.ulike().assign(99);
    kernel.forward(maps, factors, y);
    for (long i = 0; i < maps.length(); i++) {
      assertThat(y.getDouble(i))
          .isEqualTo(maps.getDouble(i) * factors.getDouble(i / shape.channels()));
    }
    INDArray dy = KernelCases.array(DataType.DOUBLE, 3, shape.dimensions());
    INDArray dMaps = maps.ulike().assign(99);
    INDArray dFactors = factors.ulike().assign(99);
    kernel.backward(maps, factors, dy, dMaps, dFactors);
    DoubleSupplier loss =
        () -> {
          kernel.forward(maps, factors, y);
          return y.mul(dy).sumNumber().doubleValue();
        };
    assertGradient("maps", maps, dMaps, loss);
    assertGradient("factors", factors, dFactors, loss);
  }
}
