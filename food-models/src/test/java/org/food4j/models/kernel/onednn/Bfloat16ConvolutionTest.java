package org.food4j.models.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.food4j.models.kernel.Agreement.assertClose;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Precision;
import org.food4j.models.kernel.Window;
import org.food4j.models.kernel.Window.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolutions in bfloat16 by what they are defined as: the exact ones of rounded factors, with the
 * errors of sums in float32.
 */
class Bfloat16ConvolutionTest {
  /** Bits of a float32 that a bfloat16 lacks. */
  private static final int DROPPED = 16;

  /**
   * Error by which results may differ from those of factors that are not rounded, as a share of
   * their norm. A factor's is at most 2^-8 of it and uniform: some 1.6e-3 of the norm; a product's
   * is larger by the square root of two; sums of independent products keep the share.
   */
  private static final double OF_NORM = 4e-3;

  /** Shapes that are faster in bfloat16, as far as a test can be large. */
  static List<ConvolutionShape> faster() {
    return List.of(
        shape(2, 9, 11, 16, 32, 1, window(3, 1, 1, 1, 1)), // Winograd's in float32
        shape(1, 8, 8, 48, 16, 1, window(3, 1, 1, 1, 1)),
        shape(2, 16, 17, 48, 64, 1, window(1, 1, 1, 0, 0)),
        shape(3, 27, 31, 64, 160, 1, window(1, 2, 1, 0, 0)),
        shape(2, 18, 19, 24, 40, 1, window(3, 2, 1, 1, 1)),
        shape(2, 18, 20, 24, 40, 1, window(3, 2, 1, 0, 1)), // as TensorFlow's SAME
        shape(2, 9, 8, 17, 33, 1, window(3, 1, 1, 1, 1)),
        shape(1, 25, 24, 47, 63, 1, window(1, 1, 1, 0, 0)),
        shape(2, 20, 18, 3, 16, 1, window(7, 2, 1, 3, 3)),
        shape(2, 12, 13, 32, 32, 1, window(3, 1, 2, 2, 2)),
        shape(1, 9, 9, 6, 20, 1, window(5, 1, 1, 2, 2)));
  }

  /** Shapes that stay in float32. */
  static List<ConvolutionShape> slower() {
    return List.of(
        shape(16, 32, 32, 3, 32, 1, window(3, 2, 1, 1, 1)), // few filters per value
        shape(4, 32, 32, 32, 16, 1, window(1, 1, 1, 0, 0)),
        shape(16, 1, 1, 480, 20, 1, window(1, 1, 1, 0, 0)), // few places
        shape(2, 16, 16, 32, 32, 32, window(3, 1, 1, 1, 1)), // depthwise
        shape(2, 16, 16, 64, 64, 2, window(3, 1, 1, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("faster")
  void training_inBfloat16_isExactOnRoundedFactors(ConvolutionShape shape) {
    ConvolutionKernel kernel = kernels().convolution(shape, Precision.BFLOAT16);
    for (int round = 0; round < 2; round++) {
      Passes passes = new Passes(shape, round);
      INDArray[] actual = passes.run(kernel, DataType.FLOAT, false);
      INDArray[] rounded = passes.run(Sides.plain().convolution(shape), DataType.DOUBLE, true);
      INDArray[] exact = passes.run(Sides.plain().convolution(shape), DataType.DOUBLE, false);
      for (int i = 0; i < actual.length; i++) {
        String name = Passes.RESULTS.get(i);
        assertClose(name, actual[i], rounded[i]);
        double error = actual[i].castTo(DataType.DOUBLE).sub(exact[i]).norm2Number().doubleValue();
        assertThat(error / exact[i].norm2Number().doubleValue())
            .as("error of %s as a share of its norm", name)
            .isBetween(1e-5, OF_NORM);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("slower")
  void training_ofShapesThatGainNothing_staysInFloat32(ConvolutionShape shape) {
    Passes passes = new Passes(shape, 1);
    INDArray[] actual =
        passes.run(kernels().convolution(shape, Precision.BFLOAT16), DataType.FLOAT, false);
    assertThat(actual)
        .isEqualTo(passes.run(Sides.fast().convolution(shape), DataType.FLOAT, false));
  }

  @ParameterizedTest
  @MethodSource("faster")
  void inference_ofAKernelThatTrainsInBfloat16_isInFloat32(ConvolutionShape shape) {
    Passes passes = new Passes(shape, 1);
    INDArray actual = passes.infer(kernels().convolution(shape, Precision.BFLOAT16));
    assertThat(actual).isEqualTo(passes.infer(Sides.fast().convolution(shape)));
  }

  @Test
  void instructions_ofProcessors_sayWhetherTheyHaveTiles() {
    Sides.fast();
    assertThat(
            List.of(
                dnnl.dnnl_cpu_isa_avx2,
                dnnl.dnnl_cpu_isa_avx512_core,
                dnnl.dnnl_cpu_isa_avx512_core_vnni,
                dnnl.dnnl_cpu_isa_avx2_vnni,
                dnnl.dnnl_cpu_isa_avx512_core_bf16))
        .noneMatch(OneDnnKernels::hasBfloat16Tiles);
    assertThat(OneDnnKernels.hasBfloat16Tiles(dnnl.dnnl_cpu_isa_avx512_core_amx)).isTrue();
  }

  @Test
  void bfloat16_ofKernelsWithoutIt_isRefusedWithAdvice() {
    ConvolutionShape shape = faster().get(0);
    assertThatThrownBy(() -> Sides.plain().convolution(shape, Precision.BFLOAT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("precision bfloat16 needs")
        .hasMessageContaining("set precision to float32");
    Sides.plain().require(Precision.FLOAT32);
  }

  /** Skips the test where the processor has no matrix instructions for bfloat16. */
  private static Kernels kernels() {
    Kernels kernels = Sides.fast();
    assumeTrue(
        OneDnnKernels.hasBfloat16Tiles(dnnl.dnnl_get_effective_cpu_isa()),
        "this processor has no AMX-BF16 instructions");
    return kernels;
  }

  private static ConvolutionShape shape(
      long batch, long height, long width, long channels, long filters, int groups, Window window) {
    return new ConvolutionShape(
        new MapShape(batch, height, width, channels), filters, groups, window);
  }

  private static Window window(int kernel, int stride, int dilation, int before, int after) {
    return new Window(
        Size.square(kernel),
        Size.square(stride),
        Size.square(dilation),
        Size.square(before),
        Size.square(after));
  }

  /** The same arguments for each kernel. */
  private static final class Passes {
    static final List<String> RESULTS = List.of("y", "dx", "dWeights");

    private final ConvolutionShape shape;
    private final INDArray x;
    private final INDArray weights;
    private final INDArray dy;

    Passes(ConvolutionShape shape, long seed) {
      this.shape = shape;
      x = KernelCases.array(DataType.FLOAT, 10 * seed, shape.input().dimensions());
      weights = KernelCases.array(DataType.FLOAT, 10 * seed + 1, shape.weights());
      dy = KernelCases.array(DataType.FLOAT, 10 * seed + 2, shape.output().dimensions());
    }

    /** Forward and backward; arguments stay as they are. */
    INDArray[] run(ConvolutionKernel kernel, DataType type, boolean rounded) {
      INDArray[] from = {x, weights, dy};
      for (int i = 0; i < from.length; i++) {
        from[i] = (rounded ? rounded(from[i]) : from[i].dup()).castTo(type);
      }
      INDArray y = Nd4j.valueArrayOf(shape.output().dimensions(), 99, type);
      INDArray dx = Nd4j.valueArrayOf(shape.input().dimensions(), 99, type);
      INDArray dWeights = Nd4j.valueArrayOf(shape.weights(), 99, type);
      kernel.forward(from[0], from[1], null, y);
      kernel.backward(from[0], from[1], from[2], dx, dWeights, null);
      if (!rounded) {
        assertThat(from[0]).isEqualTo(x.castTo(type));
        assertThat(from[1]).isEqualTo(weights.castTo(type));
        assertThat(from[2]).isEqualTo(dy.castTo(type));
      }
      return new INDArray[] {y, dx, dWeights};
    }

    INDArray infer(ConvolutionKernel kernel) {
      INDArray y = Nd4j.valueArrayOf(shape.output().dimensions(), 99, DataType.FLOAT);
      kernel.infer(x, weights, null, null, new ActivationIdentity(), y);
      return y;
    }

    /** To the nearest bfloat16, ties to even. */
    private static INDArray rounded(INDArray given) {
      float[] values = given.dup('c').data().asFloat();
      for (int i = 0; i < values.length; i++) {
        int bits = Float.floatToRawIntBits(values[i]);
        int half = (1 << (DROPPED - 1)) - 1 + (bits >>> DROPPED & 1);
        values[i] = Float.intBitsToFloat((bits + half) >>> DROPPED << DROPPED);
      }
      return Nd4j.createFromArray(values).reshape('c', given.shape());
    }
  }
}
