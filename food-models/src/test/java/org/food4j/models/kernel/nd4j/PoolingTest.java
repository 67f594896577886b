package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.List;
import java.util.stream.DoubleStream;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.KernelCases.Pooled;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.Window;
import org.food4j.models.kernel.Window.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PoolingTest {
  private final Nd4jKernels kernels = new Nd4jKernels();

  static List<Pooled> poolings() {
    return KernelCases.poolings();
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void maximum_equalsLoops(Pooled pooled) {
    PoolingKernel kernel = kernels.maxPooling(pooled.input(), pooled.window());
    assertForward(kernel, pooled, true, DataType.DOUBLE, 0);
    assertForward(kernel, pooled, true, DataType.FLOAT, 0);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void maximum_ofNegativeValues_ignoresThePadding(Pooled pooled) {
    PoolingKernel kernel = kernels.maxPooling(pooled.input(), pooled.window());
    INDArray x = KernelCases.array(DataType.FLOAT, 1, pooled.input().dimensions()).subi(100);
    INDArray y = Nd4j.create(DataType.FLOAT, pooled.output().dimensions());
    kernel.infer(x, y);
    assertThat(y.maxNumber().doubleValue()).isLessThan(-90);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void mean_equalsLoops(Pooled pooled) {
    PoolingKernel kernel = kernels.averagePooling(pooled.input(), pooled.window());
    assertForward(kernel, pooled, false, DataType.DOUBLE, 1e-12);
    assertForward(kernel, pooled, false, DataType.FLOAT, 1e-6);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void gradientOfMaximum_equalsFiniteDifferences(Pooled pooled) {
    assertBackward(kernels.maxPooling(pooled.input(), pooled.window()), pooled);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void gradientOfMean_equalsFiniteDifferences(Pooled pooled) {
    assertBackward(kernels.averagePooling(pooled.input(), pooled.window()), pooled);
  }

  @Test
  void dilatedWindow_isRefused() {
    Window dilated =
        new Window(Size.square(3), Size.square(1), Size.square(2), Size.square(0), Size.square(0));
    assertThatThrownBy(() -> kernels.maxPooling(new MapShape(1, 7, 7, 2), dilated))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dense");
  }

  @Test
  void windowOnPaddingAlone_isRefused() {
    Window outside =
        new Window(Size.square(2), Size.square(1), Size.square(1), Size.square(2), Size.square(0));
    assertThatThrownBy(() -> kernels.averagePooling(new MapShape(1, 4, 4, 2), outside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("padding alone");
  }

  private static void assertForward(
      PoolingKernel kernel, Pooled pooled, boolean max, DataType type, double tolerance) {
    INDArray x = KernelCases.array(type, 1, pooled.input().dimensions());
    INDArray expected = loops(pooled, x, max);
    INDArray y = Nd4j.valueArrayOf(pooled.output().dimensions(), 99, type);
    kernel.forward(x, y);
    assertThat(y.equalsWithEps(expected, tolerance)).isTrue();
    assertThat(x).isEqualTo(KernelCases.array(type, 1, pooled.input().dimensions()));
    y.assign(99);
    kernel.infer(x, y);
    assertThat(y.equalsWithEps(expected, tolerance)).isTrue();
  }

  private static void assertBackward(PoolingKernel kernel, Pooled pooled) {
    INDArray x = KernelCases.array(DataType.DOUBLE, 1, pooled.input().dimensions());
    INDArray y = Nd4j.create(DataType.DOUBLE, pooled.output().dimensions());
    INDArray dy = KernelCases.array(DataType.DOUBLE, 2, pooled.output().dimensions());
    INDArray given = dy.dup();
    INDArray dx = x.ulike().assign(99);
    kernel.forward(x, y);
    kernel.backward(x, dy, dx);
    assertThat(dy).isEqualTo(given);
    assertGradient(
        "x",
        x,
        dx,
        () -> {
          kernel.infer(x, y);
          return y.mul(dy).sumNumber().doubleValue();
        });

    INDArray floats = x.castTo(DataType.FLOAT);
    INDArray dxFloats = floats.ulike().assign(99);
    kernel.forward(floats, y.castTo(DataType.FLOAT));
    kernel.backward(floats, dy.castTo(DataType.FLOAT), dxFloats);
    assertThat(dxFloats.castTo(DataType.DOUBLE).equalsWithEps(dx, 1e-5)).isTrue();
  }

  private static INDArray loops(Pooled pooled, INDArray x, boolean max) {
    Window window = pooled.window();
    long[] out = pooled.output().dimensions();
    INDArray y = Nd4j.create(DataType.DOUBLE, out);
    for (long n = 0; n < out[0]; n++) {
      for (long row = 0; row < out[1]; row++) {
        for (long column = 0; column < out[2]; column++) {
          for (long c = 0; c < out[3]; c++) {
            DoubleStream.Builder seen = DoubleStream.builder();
            long top = row * window.stride().height() - window.before().height();
            long left = column * window.stride().width() - window.before().width();
            for (long h = top; h < top + window.kernel().height(); h++) {
              for (long w = left; w < left + window.kernel().width(); w++) {
                if (h >= 0 && h < x.size(1) && w >= 0 && w < x.size(2)) {
                  seen.add(x.getDouble(n, h, w, c));
                }
              }
            }
            DoubleStream values = seen.build();
            y.putScalar(
                new long[] {n, row, column, c},
                (max ? values.max() : values.average()).orElseThrow());
          }
        }
      }
    }
    return y.castTo(x.dataType());
  }
}
