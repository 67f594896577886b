package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.food4j.models.kernel.ChannelScaleKernel;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.MapShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ChannelScaleTest {
  static Stream<long[]> dimensions() {
    return Stream.concat(
        KernelCases.maps().stream().map(MapShape::dimensions), Stream.of(new long[] {3, 5}));
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void product_equalsLoops(long[] dimensions) {
    Values values = new Values(dimensions, DataType.FLOAT);
    values.kernel.forward(values.maps, values.factors, values.y);
    long channels = values.shape.channels();
    for (long i = 0; i < values.maps.length(); i++) {
      long batch = i / (values.shape.positions() * channels);
      assertThat(values.y.getFloat(i))
          .isEqualTo(values.maps.getFloat(i) * values.factors.getFloat(batch, i % channels));
    }
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void gradients_equalFiniteDifferences(long[] dimensions) {
    Values values = new Values(dimensions, DataType.DOUBLE);
    INDArray dy = KernelCases.array(DataType.DOUBLE, 3, dimensions);
    INDArray dMaps = values.maps.ulike().assign(99);
    INDArray dFactors = values.factors.ulike().assign(99);
    values.kernel.backward(values.maps, values.factors, dy, dMaps, dFactors);
    assertThat(dy).isEqualTo(KernelCases.array(DataType.DOUBLE, 3, dimensions));
    assertThat(values.maps).isEqualTo(KernelCases.array(DataType.DOUBLE, 1, dimensions));
    DoubleSupplier loss =
        () -> {
          values.kernel.forward(values.maps, values.factors, values.y);
          return values.y.mul(dy).sumNumber().doubleValue();
        };
    assertGradient("maps", values.maps, dMaps, loss);
    assertGradient("factors", values.factors, dFactors, loss);
  }

  private static final class Values {
    final MapShape shape;
    final ChannelScaleKernel kernel;
    final INDArray maps;
    final INDArray factors;
    final INDArray y;

    Values(long[] dimensions, DataType type) {
      maps = KernelCases.array(type, 1, dimensions);
      shape = MapShape.of(maps);
      factors = KernelCases.array(type, 2, shape.batch(), shape.channels());
      kernel = new Nd4jKernels().channelScale(shape);
      y = maps.ulike().assign(99);
    }
  }
}
