package org.food4j.models.kernel.onednn;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.food4j.models.activation.KnownFunctions;
import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.Precision;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution. Weights are copied into the layout that the primitive prefers in each call, since
 * the optimiser changes them in between; maps too where a {@link Plan} asks for it.
 */
final class Convolution implements ConvolutionKernel {
  private final ConvolutionShape shape;
  private final Precision precision;
  private final memory.desc maps;
  private final memory.desc outputMaps;
  private final memory.desc weights;
  private Plan training;
  private final Map<Form, Forward> forwards = new HashMap<>();
  private final Map<Boolean, BackwardWeights> backwardWeights = new HashMap<>();

  /** Null until the first backward pass; then empty where another way is faster. */
  private Optional<WideDepthwiseWeights> wideWeights;

  private BackwardData backwardData;

  Convolution(ConvolutionShape shape, Precision training) {
    this.shape = shape;
    precision = training;
    maps = Layouts.maps(shape.input());
    outputMaps = Layouts.maps(shape.output());
    weights = Layouts.plainWeights(shape);
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
    if (eltwise == null && !KnownFunctions.isIdentity(function)) {
      function.getActivation(y, false); // in place
    }
  }

  @Override
  public void backward(
      INDArray x, INDArray w, INDArray dy, INDArray dx, INDArray dWeights, INDArray dBias) {
    if (wideWeights == null) {
      wideWeights =
          WideDepthwiseWeights.serves(shape)
              ? Optional.of(new WideDepthwiseWeights(shape))
              : Optional.empty();
    }
    if (wideWeights.isPresent() && dBias == null) {
      wideWeights.get().run(x, dy, dWeights);
    } else {
      backwardWeights
          .computeIfAbsent(dBias != null, BackwardWeights::new)
          .run(x, dy, dWeights, dBias);
    }
    if (dx != null) {
      if (backwardData == null) {
        backwardData = new BackwardData();
      }
      backwardData.runAfterWeights(dy, w, dx);
    }
  }

  private Plan training() {
    if (training == null) {
      training = Plan.training(shape, precision);
    }
    return training;
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

  private final class Forward {
    private final Call call;
    private final Staged x;
    private final Staged w;
    private final Staged y;
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
      Plan plan = form.training() ? training() : Plan.direct(shape);
      prop_kind kind = form.training() ? prop_kind.forward_training : prop_kind.forward_inference;
      convolution_forward.primitive_desc description = plan.forward(kind, bias, attributes);
      call = new Call(new convolution_forward(description), description);
      x = Staged.input(call, dnnl.DNNL_ARG_SRC, maps, plan.input(), Session::inputs);
      w =
          Staged.input(
              call, dnnl.DNNL_ARG_WEIGHTS, weights, description.weights_desc(), Session::weights);
      y = Staged.output(call, dnnl.DNNL_ARG_DST, outputMaps, plan.output(), Session::outputs);
      if (bias) {
        shift = call.slot(dnnl.DNNL_ARG_BIAS, Layouts.vector(shape.filters()));
      }
      if (form.scaled()) {
        scale = call.slot(postOperation(0), perChannel);
        shift = form.shifted() ? call.slot(postOperation(1), perChannel) : null;
      }
    }

    void run(INDArray from, INDArray by, INDArray shiftBy, INDArray scaleBy, INDArray to) {
      x.read(from);
      w.read(by);
      y.prepare(to);
      if (shift != null) {
        shift.at(shiftBy);
      }
      if (scale != null) {
        scale.at(scaleBy);
      }
      call.run();
      y.write(to);
    }
  }

  /** The argument that a binary post-operation reads, as oneDNN's macro computes it. */
  private static int postOperation(int index) {
    return dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (index + 1) | dnnl.DNNL_ARG_SRC_1;
  }

  private final class BackwardWeights {
    private final Call call;
    private final Staged x;
    private final Staged dy;
    private final Staged dw;
    private final Slot dBias;

    BackwardWeights(boolean bias) {
      convolution_backward_weights.primitive_desc description = training().backwardWeights(bias);
      call = new Call(new convolution_backward_weights(description), description);
      x = Staged.input(call, dnnl.DNNL_ARG_SRC, maps, training().input(), Session::inputs);
      dy =
          Staged.input(
              call,
              dnnl.DNNL_ARG_DIFF_DST,
              outputMaps,
              training().outputGradient(),
              Session::outputs);
      dw =
          Staged.output(
              call,
              dnnl.DNNL_ARG_DIFF_WEIGHTS,
              weights,
              description.diff_weights_desc(),
              Session::weights);
      dBias = bias ? call.slot(dnnl.DNNL_ARG_DIFF_BIAS, Layouts.vector(shape.filters())) : null;
    }

    void run(INDArray input, INDArray gradient, INDArray toWeights, INDArray toBias) {
      x.read(input);
      dy.read(gradient);
      dw.prepare(toWeights);
      if (dBias != null) {
        dBias.at(toBias);
      }
      call.run();
      dw.write(toWeights);
    }
  }

  private final class BackwardData {
    private final Call call;
    private final Staged dy;
    private final Staged w;
    private final Staged dx;

    BackwardData() {
      convolution_backward_data.primitive_desc description = training().backwardData();
      call = new Call(new convolution_backward_data(description), description);
      dy =
          Staged.input(
              call,
              dnnl.DNNL_ARG_DIFF_DST,
              outputMaps,
              training().outputGradient(),
              Session::outputs);
      w =
          Staged.input(
              call, dnnl.DNNL_ARG_WEIGHTS, weights, description.weights_desc(), Session::weights);
      dx =
          Staged.output(
              call, dnnl.DNNL_ARG_DIFF_SRC, maps, training().inputGradient(), Session::inputs);
    }

    /** The gradient's copy in the preferred layout, if there is one, is still in place. */
    void runAfterWeights(INDArray from, INDArray by, INDArray to) {
      dy.readAgain(from);
      w.read(by);
      dx.prepare(to);
      call.run();
      dx.write(to);
    }
  }
}
