package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.LayerNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layer normalisation; the mean and the variance of each position wait for the backward pass. */
final class LayerNorm implements LayerNormKernel {
  private static final int FLAGS =
      normalization_flags.use_scale.value | normalization_flags.use_shift.value;

  private final float eps;
  private final memory.desc values;
  private final memory.desc vector;
  private final layer_normalization_forward.primitive_desc description;
  private final Call forward;
  private final Slot x;
  private final Slot gamma;
  private final Slot beta;
  private final Slot y;
  private final Slot mean;
  private final Slot variance;
  private Backward backward;

  LayerNorm(MapShape shape, double eps) {
    this.eps = (float) eps;
    values = Layouts.rows(shape.batch(), shape.positions(), shape.channels());
    vector = Layouts.vector(shape.channels());
    description =
        new layer_normalization_forward.primitive_desc(
            new layer_normalization_forward.desc(
                prop_kind.forward_training.value, values, this.eps, FLAGS),
            Call.attributes(),
            Session.ENGINE);
    forward = new Call(new layer_normalization_forward(description), description);
    x = forward.slot(dnnl.DNNL_ARG_SRC, values);
    gamma = forward.slot(dnnl.DNNL_ARG_SCALE, vector);
    beta = forward.slot(dnnl.DNNL_ARG_SHIFT, vector);
    y = forward.slot(dnnl.DNNL_ARG_DST, values);
    mean = forward.slot(dnnl.DNNL_ARG_MEAN, Slot.owning(description.mean_desc()));
    variance = forward.slot(dnnl.DNNL_ARG_VARIANCE, Slot.owning(description.variance_desc()));
  }

  @Override
  public void forward(INDArray from, INDArray scale, INDArray shift, INDArray to) {
    x.at(from);
    gamma.at(scale);
    beta.at(shift);
    y.at(to);
    forward.run();
  }

  @Override
  public void backward(
      INDArray input, INDArray scale, INDArray dy, INDArray dx, INDArray dGamma, INDArray dBeta) {
    if (backward == null) {
      backward = new Backward();
    }
    backward.run(input, scale, dy, dx, dGamma, dBeta);
  }

  private final class Backward {
    private final Call call;
    private final Slot input;
    private final Slot scale;
    private final Slot dy;
    private final Slot dx;
    private final Slot dGamma;
    private final Slot dBeta;

    Backward() {
      layer_normalization_backward.primitive_desc backwardDescription =
          new layer_normalization_backward.primitive_desc(
              new layer_normalization_backward.desc(
                  prop_kind.backward.value, values, values, eps, FLAGS),
              Call.attributes(),
              Session.ENGINE,
              description);
      call = new Call(new layer_normalization_backward(backwardDescription), backwardDescription);
      input = call.slot(dnnl.DNNL_ARG_SRC, values);
      scale = call.slot(dnnl.DNNL_ARG_SCALE, vector);
      // not needed by the mathematics, but oneDNN 2.5 refuses to run without it
      call.slot(dnnl.DNNL_ARG_SHIFT, Slot.zeros(vector));
      call.slot(dnnl.DNNL_ARG_MEAN, mean);
      call.slot(dnnl.DNNL_ARG_VARIANCE, variance);
      dy = call.slot(dnnl.DNNL_ARG_DIFF_DST, values);
      dx = call.slot(dnnl.DNNL_ARG_DIFF_SRC, values);
      dGamma = call.slot(dnnl.DNNL_ARG_DIFF_SCALE, vector);
      dBeta = call.slot(dnnl.DNNL_ARG_DIFF_SHIFT, vector);
    }

    void run(
        INDArray from,
        INDArray factors,
        INDArray gradient,
        INDArray to,
        INDArray toGamma,
        INDArray toBeta) {
      input.at(from);
      scale.at(factors);
      dy.at(gradient);
      dx.at(to);
      dGamma.at(toGamma);
      dBeta.at(toBeta);
      call.run();
    }
  }
}
