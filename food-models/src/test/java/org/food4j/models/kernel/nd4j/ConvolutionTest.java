package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ConvolutionTest {
  static List<ConvolutionShape> shapes() {
    return KernelCases.convolutions();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forward_ofDoubles_equalsLoops(ConvolutionShape shape) {
    assertForward(shape, DataType.DOUBLE, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forward_ofFloats_equalsLoops(ConvolutionShape shape) {
    assertForward(shape, DataType.FLOAT, 1e-5);
  }

  private static void assertForward(ConvolutionShape shape, DataType type, double tolerance) {
    Values values = new Values(shape, type);
    INDArray expected = loops(shape, values.x, values.weights);
    INDArray given = values.x.dup();
    values.kernel.forward(values.x, values.weights, null, values.y);
    assertThat(values.y.equalsWithEps(expected, tolerance)).isTrue();
    values.kernel.forward(values.x, values.weights, values.bias, values.y);
    INDArray shifted = expected.add(values.bias.reshape(1, 1, 1, shape.filters()));
    assertThat(values.y.equalsWithEps(shifted, tolerance)).isTrue();
    assertThat(values.x).isEqualTo(given);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void infer_withScaleShiftAndFunction_equalsTheSteps(ConvolutionShape shape) {
    Values values = new Values(shape, DataType.DOUBLE);
    INDArray scale = KernelCases.array(DataType.DOUBLE, 5, shape.filters());
    INDArray plain = loops(shape, values.x, values.weights);
    long[] perChannel = {1, 1, 1, shape.filters()};
    INDArray expected =
        plain.mul(scale.reshape('c', perChannel)).add(values.bias.reshape('c', perChannel));
    new HardSwish().getActivation(expected, false);
    INDArray weights = values.weights.dup();
    values.kernel.infer(values.x, values.weights, scale, values.bias, new HardSwish(), values.y);
    assertThat(values.y.equalsWithEps(expected, 1e-12)).isTrue();
    assertThat(values.weights).isEqualTo(weights);
    values.kernel.infer(values.x, values.weights, null, null, new ActivationIdentity(), values.y);
    assertThat(values.y.equalsWithEps(plain, 1e-12)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradients_equalFiniteDifferences(ConvolutionShape shape) {
    Values values = new Values(shape, DataType.DOUBLE);
    INDArray dy = KernelCases.array(DataType.DOUBLE, 4, shape.output().dimensions());
    INDArray dx = stale(values.x);
    INDArray dWeights = stale(values.weights);
    INDArray dBias = stale(values.bias);
    values.kernel.backward(values.x, values.weights, dy, dx, dWeights, dBias);
    DoubleSupplier loss =
        () -> {
          values.kernel.forward(values.x, values.weights, values.bias, values.y);
          return values.y.mul(dy).sumNumber().doubleValue();
        };
    assertGradient("x", values.x, dx, loss);
    assertGradient("weights", values.weights, dWeights, loss);
    assertGradient("bias", values.bias, dBias, loss);

    INDArray again = stale(values.weights);
    values.kernel.backward(values.x, values.weights, dy, null, again, null);
    assertThat(again).isEqualTo(dWeights);
    assertThat(dy).isEqualTo(KernelCases.array(DataType.DOUBLE, 4, shape.output().dimensions()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradients_ofFloats_equalThoseOfDoubles(ConvolutionShape shape) {
    Values values = new Values(shape, DataType.DOUBLE);
    Values floats = new Values(shape, DataType.FLOAT);
    INDArray dy = KernelCases.array(DataType.DOUBLE, 4, shape.output().dimensions());
    INDArray dyFloats = dy.castTo(DataType.FLOAT);
    INDArray dx = stale(values.x);
    INDArray dWeights = stale(values.weights);
    INDArray dxFloats = stale(floats.x);
    INDArray dWeightsFloats = stale(floats.weights);
    values.kernel.backward(values.x, values.weights, dy, dx, dWeights, null);
    floats.kernel.backward(floats.x, floats.weights, dyFloats, dxFloats, dWeightsFloats, null);
    assertThat(dxFloats.castTo(DataType.DOUBLE).equalsWithEps(dx, 2e-5)).isTrue();
    assertThat(dWeightsFloats.castTo(DataType.DOUBLE).equalsWithEps(dWeights, 5e-5)).isTrue();
  }

  private static INDArray stale(INDArray like) {
    return Nd4j.valueArrayOf(like.shape(), 99, like.dataType());
  }

  private static final class Values {
    final ConvolutionKernel kernel;
    final INDArray x;
    final INDArray weights;
    final INDArray bias;
    final INDArray y;

    Values(ConvolutionShape shape, DataType type) {
      kernel = new Nd4jKernels().convolution(shape);
      x = KernelCases.array(type, 1, shape.input().dimensions());
      weights = KernelCases.array(type, 2, shape.weights());
      bias = KernelCases.array(type, 3, shape.filters());
      y = Nd4j.valueArrayOf(shape.output().dimensions(), 99, type);
    }
  }

  /** The sum that defines a convolution. */
  private static INDArray loops(ConvolutionShape shape, INDArray x, INDArray weights) {
    Window window = shape.window();
    long[] out = shape.output().dimensions();
    long channels = shape.input().channels() / shape.groups();
    long filtersPerGroup = shape.filters() / shape.groups();
    INDArray y = Nd4j.create(DataType.DOUBLE, out);
    for (long n = 0; n < out[0]; n++) {
      for (long row = 0; row < out[1]; row++) {
        for (long column = 0; column < out[2]; column++) {
          for (long f = 0; f < out[3]; f++) {
            double sum = 0;
            for (int i = 0; i < window.kernel().height(); i++) {
              long h =
                  row * window.stride().height()
                      - window.before().height()
                      + (long) i * window.dilation().height();
              for (int j = 0; j < window.kernel().width(); j++) {
                long w =
                    column * window.stride().width()
                        - window.before().width()
                        + (long) j * window.dilation().width();
                if (h < 0 || h >= shape.input().height() || w < 0 || w >= shape.input().width()) {
                  continue;
                }
                for (long c = 0; c < channels; c++) {
                  sum +=
                      weights.getDouble(f, c, i, j)
                          * x.getDouble(n, h, w, f / filtersPerGroup * channels + c);
                }
              }
            }
            y.putScalar(new long[] {n, row, column, f}, sum);
          }
        }
      }
    }
    return y.castTo(x.dataType());
  }
}
