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
import org.food4j.models.kernel.Window;

/**
 * How a convolution is computed: by which algorithm, on maps in which layout.
 *
 * <p>Winograd's minimal filtering (Lavin and Gray 2016, arXiv 1509.09308) takes a quarter of the
 * multiplications of a dense 3x3 convolution, and in training, where memory is touched besides,
 * about half of the time. Its rounding errors are ten times those of the direct sum, some 1e-5 of
 * the largest value: nothing for a gradient, but a reason to compute answers directly.
 */
record Plan(ConvolutionShape shape, algorithm method, memory.format_tag layout) {
  /** On maps as they are. */
  static Plan direct(ConvolutionShape shape) {
    return new Plan(shape, algorithm.convolution_direct, Layouts.CHANNELS_LAST);
  }

  /** The fastest way that this processor has for training. */
  static Plan training(ConvolutionShape shape) {
    Plan winograd = new Plan(shape, algorithm.convolution_winograd, Layouts.BLOCKED);
    return isWinograd(shape) && winograd.isAvailable() ? winograd : direct(shape);
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

  memory.desc input() {
    return Layouts.maps(shape.input(), layout);
  }

  memory.desc output() {
    return Layouts.maps(shape.output(), layout);
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
    memory.desc weights = Layouts.anyWeights(shape);
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
            input(),
            Layouts.anyWeights(shape),
            output(),
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
    memory.desc weights = Layouts.anyWeights(shape);
    convolution_backward_weights.desc description =
        bias
            ? new convolution_backward_weights.desc(
                method,
                input(),
                weights,
                Layouts.vector(shape.filters()),
                output(),
                strides(),
                gaps(),
                before(),
                after())
            : new convolution_backward_weights.desc(
                method, input(), weights, output(), strides(), gaps(), before(), after());
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
