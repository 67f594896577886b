package org.food4j.models.kernel.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Direct convolution. Maps stay channels last; weights are copied into the layout that the
 * primitive prefers in each call, since the optimiser changes them in between.
 */
final class Convolution implements ConvolutionKernel {
  private final ConvolutionShape shape;
  private final memory.desc input;
  private final memory.desc output;
  private final memory.desc weights;
  private final memory.desc anyWeights;
  private final Map<Form, Forward> forwards = new HashMap<>();
  private BackwardData backwardData;
  private final Map<Boolean, BackwardWeights> backwardWeights = new HashMap<>();

  Convolution(ConvolutionShape shape) {
    this.shape = shape;
    input = Layouts.maps(shape.input());
    output = Layouts.maps(shape.output());
    weights = Layouts.plainWeights(shape);
    anyWeights = Layouts.anyWeights(shape);
  }

  @Override
  public void forward(INDArray x, INDArray w, INDArray bias, INDArray y) {
    forwards
        .computeIfAbsent(new Form(true, bias != null, false, null), Forward::new)
        .run(x, w, bias, null, y);
  }

  @Override
  public void infer(
      INDArray x, INDArray w, INDArray scale, INDArray shift, IActivation function, INDArray y) {
    Eltwise eltwise = Eltwise.of(function).orElse(null);
    forwards
        .computeIfAbsent(new Form(false, shift != null, scale != null, eltwise), Forward::new)
        .run(x, w, shift, scale, y);
    if (eltwise == null && !Eltwise.isIdentity(function)) {
      function.getActivation(y, false); // in place
    }
  }

  @Override
  public void backward(
      INDArray x, INDArray w, INDArray dy, INDArray dx, INDArray dWeights, INDArray dBias) {
    backwardWeights
        .computeIfAbsent(dBias != null, BackwardWeights::new)
        .run(x, dy, dWeights, dBias);
    if (dx != null) {
      if (backwardData == null) {
        backwardData = new BackwardData();
      }
      backwardData.run(dy, w, dx);
    }
  }

  /**
   * A form of the forward pass.
   *
   * @param shifted whether a number per channel is added: training's bias, or what batch
   *     normalisation folds to
   * @param scaled whether there is a factor per channel before it
   * @param function fused, or null
   */
  private record Form(boolean training, boolean shifted, boolean scaled, Eltwise function) {}

  private convolution_forward.primitive_desc forwardDescription(
      boolean training, boolean bias, primitive_attr attributes) {
    prop_kind kind = training ? prop_kind.forward_training : prop_kind.forward_inference;
    long[] strides = Layouts.pair(shape.window().stride());
    long[] dilation = Layouts.gaps(shape.window().dilation());
    long[] before = Layouts.pair(shape.window().before());
    long[] after = Layouts.pair(shape.window().after());
    algorithm direct = algorithm.convolution_direct;
    convolution_forward.desc description =
        bias
            ? new convolution_forward.desc(
                kind,
                direct,
                input,
                anyWeights,
                Layouts.vector(shape.filters()),
                output,
                strides,
                dilation,
                before,
                after)
            : new convolution_forward.desc(
                kind, direct, input, anyWeights, output, strides, dilation, before, after);
    return new convolution_forward.primitive_desc(description, attributes, Session.ENGINE);
  }

  private final class Forward {
    private final Call call;
    private final Slot x;
    private final Weights w;
    private final Slot y;
    private Slot shift;
    private Slot scale;

    Forward(Form form) {
      // the bias is added before the factor: with a factor, both are post-operations
      boolean bias = form.shifted() && !form.scaled();
      primitive_attr attributes = Call.attributes();
      memory.desc perChannel = Layouts.perChannel(shape.filters());
      post_ops after = new post_ops();
      if (form.scaled()) {
        after.append_binary(algorithm.binary_mul, perChannel);
        if (form.shifted()) {
          after.append_binary(algorithm.binary_add, perChannel);
        }
      }
      if (form.function() != null) {
        Eltwise f = form.function();
        after.append_eltwise(1, f.kind(), f.alpha(), f.beta());
      }
      attributes.set_post_ops(after);
      convolution_forward.primitive_desc description =
          forwardDescription(form.training(), bias, attributes);
      call = new Call(new convolution_forward(description), description);
      x = call.slot(dnnl.DNNL_ARG_SRC, input);
      w = Weights.input(call, dnnl.DNNL_ARG_WEIGHTS, weights, description.weights_desc());
      y = call.slot(dnnl.DNNL_ARG_DST, output);
      if (bias) {
        shift = call.slot(dnnl.DNNL_ARG_BIAS, Layouts.vector(shape.filters()));
      }
      if (form.scaled()) {
        scale = call.slot(postOperation(0), perChannel);
        shift = form.shifted() ? call.slot(postOperation(1), perChannel) : null;
      }
    }

    void run(INDArray from, INDArray by, INDArray shiftBy, INDArray scaleBy, INDArray to) {
      x.at(from);
      w.read(by);
      y.at(to);
      if (shift != null) {
        shift.at(shiftBy);
      }
      if (scale != null) {
        scale.at(scaleBy);
      }
      call.run();
    }
  }

  /** The argument that a binary post-operation reads, as oneDNN's macro computes it. */
  private static int postOperation(int index) {
    return dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (index + 1) | dnnl.DNNL_ARG_SRC_1;
  }

  private final class BackwardData {
    private final Call call;
    private final Slot dy;
    private final Weights w;
    private final Slot dx;

    BackwardData() {
      convolution_backward_data.primitive_desc description =
          new convolution_backward_data.primitive_desc(
              new convolution_backward_data.desc(
                  algorithm.convolution_direct,
                  input,
                  anyWeights,
                  output,
                  Layouts.pair(shape.window().stride()),
                  Layouts.gaps(shape.window().dilation()),
                  Layouts.pair(shape.window().before()),
                  Layouts.pair(shape.window().after())),
              Call.attributes(),
              Session.ENGINE,
              forwardDescription(true, false, Call.attributes()));
      call = new Call(new convolution_backward_data(description), description);
      dy = call.slot(dnnl.DNNL_ARG_DIFF_DST, output);
      w = Weights.input(call, dnnl.DNNL_ARG_WEIGHTS, weights, description.weights_desc());
      dx = call.slot(dnnl.DNNL_ARG_DIFF_SRC, input);
    }

    void run(INDArray from, INDArray by, INDArray to) {
      dy.at(from);
      w.read(by);
      dx.at(to);
      call.run();
    }
  }

  private final class BackwardWeights {
    private final Call call;
    private final Slot x;
    private final Slot dy;
    private final Weights dw;
    private final Slot dBias;

    BackwardWeights(boolean bias) {
      long[] strides = Layouts.pair(shape.window().stride());
      long[] dilation = Layouts.gaps(shape.window().dilation());
      long[] before = Layouts.pair(shape.window().before());
      long[] after = Layouts.pair(shape.window().after());
      algorithm direct = algorithm.convolution_direct;
      convolution_backward_weights.desc form =
          bias
              ? new convolution_backward_weights.desc(
                  direct,
                  input,
                  anyWeights,
                  Layouts.vector(shape.filters()),
                  output,
                  strides,
                  dilation,
                  before,
                  after)
              : new convolution_backward_weights.desc(
                  direct, input, anyWeights, output, strides, dilation, before, after);
      convolution_backward_weights.primitive_desc description =
          new convolution_backward_weights.primitive_desc(
              form,
              Call.attributes(),
              Session.ENGINE,
              forwardDescription(true, bias, Call.attributes()));
      call = new Call(new convolution_backward_weights(description), description);
      x = call.slot(dnnl.DNNL_ARG_SRC, input);
      dy = call.slot(dnnl.DNNL_ARG_DIFF_DST, output);
      dw =
          Weights.output(
              call, dnnl.DNNL_ARG_DIFF_WEIGHTS, weights, description.diff_weights_desc());
      dBias = bias ? call.slot(dnnl.DNNL_ARG_DIFF_BIAS, Layouts.vector(shape.filters())) : null;
    }

    void run(INDArray input, INDArray gradient, INDArray toWeights, INDArray toBias) {
      x.at(input);
      dy.at(gradient);
      dw.prepare(toWeights);
      if (dBias != null) {
        dBias.at(toBias);
      }
      call.run();
      dw.write(toWeights);
    }
  }
}
