package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.LayerNormKernel;
import org.food4j.models.kernel.MapShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class LayerNormTest {
  private static final double EPS = 1e-3;

  static List<MapShape> shapes() {
    return KernelCases.maps();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void outputAndGradients_equalTheFormulaAndFiniteDifferences(MapShape shape) {
    LayerNormKernel kernel = new Nd4jKernels().layerNorm(shape, EPS);
    INDArray x = KernelCases.array(DataType.DOUBLE, 1, shape.dimensions());
    INDArray gamma = KernelCases.array(DataType.DOUBLE, 2, shape.channels());
    INDArray beta = KernelCases.array(DataType.DOUBLE, 3, shape.channels());
    INDArray given = x.dup();
    INDArray y = x.ulike().assign(99);
    kernel.forward(x, gamma, beta, y);
    INDArray rows = x.reshape('c', -1, shape.channels());
    for (long row = 0; row < rows.size(0); row++) {
      double[] values = rows.getRow(row).toDoubleVector();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int c = 0; c < values.length; c++) {
        double expected =
            gamma.getDouble(c) * (values[c] - mean) / Math.sqrt(variance + EPS) + beta.getDouble(c);
        assertThat(y.getDouble(row * values.length + c)).isCloseTo(expected, within(1e-12));
      }
    }
    INDArray dy = KernelCases.array(DataType.DOUBLE, 4, shape.dimensions());
    INDArray dx = x.ulike().assign(99);
    INDArray dGamma = gamma.ulike().assign(99);
    INDArray dBeta = beta.ulike().assign(99);
    kernel.backward(x, gamma, dy, dx, dGamma, dBeta);
    assertThat(x).isEqualTo(given);
    DoubleSupplier loss =
        () -> {
          kernel.forward(x, gamma, beta, y);
          return y.mul(dy).sumNumber().doubleValue();
        };
    assertGradient("x", x, dx, loss);
    assertGradient("gamma", gamma, dGamma, loss);
    assertGradient("beta", beta, dBeta, loss);
  }
}
