package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.dnnl_primitive_desc_handle;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Precision;
import org.food4j.models.kernel.Window;

/**
 * How a convolution is computed: by which algorithm, on maps in which layout.
 *
 * <p>In bfloat16, maps and weights are copied into that type before the call, and the direct sum is
 * made by matrix instructions in float32; those convolutions that it makes no faster stay in
 * float32, as {@link #isFasterInBfloat16} says.
 *
 * <p>Winograd's minimal filtering (Lavin and Gray 2016, arXiv 1509.09308) takes a quarter of the
 * multiplications of a dense 3x3 convolution, and in training, where memory is touched besides,
 * about half of the time. Its rounding errors are ten times those of the direct sum, some 1e-5 of
 * the largest value: nothing for a gradient, but a reason to compute answers directly.
 *
 * @param factors the type that is multiplied, of maps, weights and the output's gradient; what the
 *     convolution makes is float32
 */
record Plan(
    ConvolutionShape shape, algorithm method, memory.format_tag layout, memory.data_type factors) {
  /**
   * Least products of a value that is copied into bfloat16. This and the next are where our
   * networks' convolutions break even on a processor with AMX (Sapphire Rapids).
   */
  private static final int PRODUCTS_PER_VALUE = 16;

  /** Least products of a weight, times the kernel's area: wider kernels cost less per weight. */
  private static final int PRODUCTS_PER_WEIGHT = 512;

  /** On maps as they are. */
  static Plan direct(ConvolutionShape shape) {
    return direct(shape, memory.data_type.f32);
  }

  private static Plan direct(ConvolutionShape shape, memory.data_type factors) {
    return new Plan(shape, algorithm.convolution_direct, Layouts.CHANNELS_LAST, factors);
  }

  /** The fastest way that this processor has for training in a precision. */
  static Plan training(ConvolutionShape shape, Precision precision) {
    if (precision == Precision.BFLOAT16 && isFasterInBfloat16(shape)) {
      return direct(shape, memory.data_type.bf16);
    }
    Plan winograd =
        new Plan(shape, algorithm.convolution_winograd, Layouts.BLOCKED, memory.data_type.f32);
    return isWinograd(shape) && winograd.isAvailable() ? winograd : direct(shape);
  }

  /**
   * Whether a convolution is faster in bfloat16, with all copies: if it is dense, for oneDNN's
   * depthwise kernels are no faster in it; if each value that is copied into bfloat16 takes part in
   * enough products; and if each weight does, since its gradient has a cost of its own there.
   */
  static boolean isFasterInBfloat16(ConvolutionShape shape) {
    MapShape in = shape.input();
    MapShape out = shape.output();
    Window.Size kernel = shape.window().kernel();
    double area = (double) kernel.height() * kernel.width();
    double read = (double) in.height() * in.width() * in.channels();
    double written = (double) out.height() * out.width() * out.channels();
    double products = written * in.channels() * area;
    double copied = 2 * read + written; // x forward, x and dy backward
    return shape.groups() == 1
        && products >= PRODUCTS_PER_VALUE * copied
        && out.batch() * out.height() * out.width() * area >= PRODUCTS_PER_WEIGHT;
  }

  private static boolean isWinograd(ConvolutionShape shape) {
    Window window = shape.window();
    Window.Size one = Window.Size.square(1);
    return shape.groups() == 1
        && shape.input().channels() % Layouts.BLOCK == 0
        && shape.filters() % Layouts.BLOCK == 0
        && window.kernel().equals(Window.Size.square(3))
        && window.stride().equals(one)
        && window.dilation().equals(one)
        && window.before().equals(one)
        && window.after().equals(one);
  }

  /** oneDNN has it for AVX-512 alone. */
  private boolean isAvailable() {
    return exists(forward(prop_kind.forward_training, false, Call.attributes(), true))
        && exists(backwardData(true))
        && exists(backwardWeights(false, true));
  }

  private static boolean exists(dnnl_primitive_desc_handle description) {
    return description.asBoolean();
  }

  /** The input, as the call reads it. */
  memory.desc input() {
    return Layouts.maps(shape.input(), factors, layout);
  }

  /** The output, as the call writes it. */
  memory.desc output() {
    return Layouts.maps(shape.output(), layout);
  }

  /** The input's gradient, as the call writes it. */
  memory.desc inputGradient() {
    return Layouts.maps(shape.input(), layout);
  }

  /** The output's gradient, as the call reads it. */
  memory.desc outputGradient() {
    return Layouts.maps(shape.output(), factors, layout);
  }

  convolution_forward.primitive_desc forward(
      prop_kind kind, boolean bias, primitive_attr attributes) {
    return forward(kind, bias, attributes, false);
  }

  /**
   * @param orEmpty whether an unavailable algorithm gives an empty description, not an exception
   */
  private convolution_forward.primitive_desc forward(
      prop_kind kind, boolean bias, primitive_attr attributes, boolean orEmpty) {
    memory.desc weights = Layouts.anyWeights(shape, factors);
    convolution_forward.desc description =
        bias
            ? new convolution_forward.desc(
                kind,
                method,
                input(),
                weights,
                Layouts.vector(shape.filters()),
                output(),
                strides(),
                gaps(),
                before(),
                after())
            : new convolution_forward.desc(
                kind, method, input(), weights, output(), strides(), gaps(), before(), after());
    return new convolution_forward.primitive_desc(description, attributes, Session.ENGINE, orEmpty);
  }

  convolution_backward_data.primitive_desc backwardData() {
    return backwardData(false);
  }

  private convolution_backward_data.primitive_desc backwardData(boolean orEmpty) {
    return new convolution_backward_data.primitive_desc(
        new convolution_backward_data.desc(
            method,
            inputGradient(),
            Layouts.anyWeights(shape, factors),
            outputGradient(),
            strides(),
            gaps(),
            before(),
            after()),
        Call.attributes(),
        Session.ENGINE,
        forward(prop_kind.forward_training, false, Call.attributes()),
        orEmpty);
  }

  convolution_backward_weights.primitive_desc backwardWeights(boolean bias) {
    return backwardWeights(bias, false);
  }

  private convolution_backward_weights.primitive_desc backwardWeights(
      boolean bias, boolean orEmpty) {
    memory.desc weights = Layouts.anyWeights(shape, memory.data_type.f32);
    convolution_backward_weights.desc description =
        bias
            ? new convolution_backward_weights.desc(
                method,
                input(),
                weights,
                Layouts.vector(shape.filters()),
                outputGradient(),
                strides(),
                gaps(),
                before(),
                after())
            : new convolution_backward_weights.desc(
                method, input(), weights, outputGradient(), strides(), gaps(), before(), after());
    return new convolution_backward_weights.primitive_desc(
        description,
        Call.attributes(),
        Session.ENGINE,
        forward(prop_kind.forward_training, bias, Call.attributes()),
        orEmpty);
  }

  private long[] strides() {
    return Layouts.pair(shape.window().stride());
  }

  private long[] gaps() {
    return Layouts.gaps(shape.window().dilation());
  }

  private long[] before() {
    return Layouts.pair(shape.window().before());
  }

  private long[] after() {
    return Layouts.pair(shape.window().after());
  }
}
