package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.BatchNormKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation. A rectifier after it is part of the primitive, which keeps one bit per value
 * for the backward pass.
 */
final class BatchNorm implements BatchNormKernel {
  private static final int GIVEN = normalization_flags.use_global_stats.value;

  private final MapShape shape;
  private final float eps;
  private final memory.desc maps;
  private final boolean rectified;
  private final int flags;
  private Normalise training;
  private Normalise given;
  private Normalise frozen;
  private Backward backward;
  private Backward backwardFrozen;

  BatchNorm(MapShape shape, double eps, boolean rectified) {
    this.shape = shape;
    this.eps = (float) eps;
    this.rectified = rectified;
    maps = Layouts.maps(shape);
    flags =
        normalization_flags.use_scale.value
            | normalization_flags.use_shift.value
            | (rectified ? normalization_flags.fuse_norm_relu.value : 0);
  }

  @Override
  public void forward(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    if (training == null) {
      training = new Normalise(prop_kind.forward_training, flags);
    }
    training.run(x, gamma, beta, mean, variance, y);
  }

  @Override
  public void infer(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    if (given == null) {
      given = new Normalise(prop_kind.forward_inference, flags | GIVEN);
    }
    given.run(x, gamma, beta, mean, variance, y);
  }

  @Override
  public void backward(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta) {
    if (backward == null) {
      backward = new Backward(training, flags);
    }
    backward.run(x, gamma, beta, mean, variance, dy, dx, dGamma, dBeta);
  }

  @Override
  public void forwardFrozen(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    if (frozen == null) {
      frozen = new Normalise(prop_kind.forward_training, flags | GIVEN);
    }
    frozen.run(x, gamma, beta, mean, variance, y);
  }

  @Override
  public void backwardFrozen(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta) {
    if (backwardFrozen == null) {
      backwardFrozen = new Backward(frozen, flags | GIVEN);
    }
    backwardFrozen.run(x, gamma, beta, mean, variance, dy, dx, dGamma, dBeta);
  }

  private final class Normalise {
    private final batch_normalization_forward.primitive_desc description;
    private final Call call;
    private final Slot x;
    private final Slot gamma;
    private final Slot beta;
    private final Slot mean;
    private final Slot variance;
    private final Slot y;
    private Slot positive;

    Normalise(prop_kind kind, int flags) {
      description =
          new batch_normalization_forward.primitive_desc(
              new batch_normalization_forward.desc(kind.value, maps, eps, flags),
              Call.attributes(),
              Session.ENGINE);
      call = new Call(new batch_normalization_forward(description), description);
      memory.desc vector = Layouts.vector(shape.channels());
      x = call.slot(dnnl.DNNL_ARG_SRC, maps);
      gamma = call.slot(dnnl.DNNL_ARG_SCALE, vector);
      beta = call.slot(dnnl.DNNL_ARG_SHIFT, vector);
      mean = call.slot(dnnl.DNNL_ARG_MEAN, vector);
      variance = call.slot(dnnl.DNNL_ARG_VARIANCE, vector);
      y = call.slot(dnnl.DNNL_ARG_DST, maps);
      if (rectified && kind == prop_kind.forward_training) {
        positive = Slot.owning(description.workspace_desc());
        call.slot(dnnl.DNNL_ARG_WORKSPACE, positive);
      }
    }

    void run(
        INDArray from,
        INDArray scale,
        INDArray shift,
        INDArray centre,
        INDArray spread,
        INDArray to) {
      x.at(from);
      gamma.at(scale);
      beta.at(shift);
      mean.at(centre);
      variance.at(spread);
      y.at(to);
      call.run();
    }
  }

  private final class Backward {
    private final Call call;
    private final Slot x;
    private final Slot gamma;
    private final Slot beta;
    private final Slot mean;
    private final Slot variance;
    private final Slot dy;
    private final Slot dx;
    private final Slot dGamma;
    private final Slot dBeta;

    Backward(Normalise forward, int flags) {
      batch_normalization_backward.primitive_desc description =
          new batch_normalization_backward.primitive_desc(
              new batch_normalization_backward.desc(
                  prop_kind.backward.value, maps, maps, eps, flags),
              Call.attributes(),
              Session.ENGINE,
              forward.description);
      call = new Call(new batch_normalization_backward(description), description);
      memory.desc vector = Layouts.vector(shape.channels());
      x = call.slot(dnnl.DNNL_ARG_SRC, maps);
      gamma = call.slot(dnnl.DNNL_ARG_SCALE, vector);
      // not needed by the mathematics, but oneDNN 2.5 refuses to run without it
      beta = call.slot(dnnl.DNNL_ARG_SHIFT, vector);
      mean = call.slot(dnnl.DNNL_ARG_MEAN, vector);
      variance = call.slot(dnnl.DNNL_ARG_VARIANCE, vector);
      dy = call.slot(dnnl.DNNL_ARG_DIFF_DST, maps);
      dx = call.slot(dnnl.DNNL_ARG_DIFF_SRC, maps);
      dGamma = call.slot(dnnl.DNNL_ARG_DIFF_SCALE, vector);
      dBeta = call.slot(dnnl.DNNL_ARG_DIFF_SHIFT, vector);
      if (forward.positive != null) {
        call.slot(dnnl.DNNL_ARG_WORKSPACE, forward.positive);
      }
    }

    void run(
        INDArray input,
        INDArray scale,
        INDArray shift,
        INDArray centre,
        INDArray spread,
        INDArray from,
        INDArray to,
        INDArray toGamma,
        INDArray toBeta) {
      x.at(input);
      gamma.at(scale);
      beta.at(shift);
      mean.at(centre);
      variance.at(spread);
      dy.at(from);
      dx.at(to);
      dGamma.at(toGamma);
      dBeta.at(toBeta);
      call.run();
    }
  }
}
