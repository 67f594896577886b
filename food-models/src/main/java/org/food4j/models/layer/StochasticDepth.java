package org.food4j.models.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.RowMajor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.DropOutInverted;
import org.nd4j.linalg.factory.Broadcast;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Drops a residual block's branch for whole photos of a training batch (Huang et al. 2016, arXiv
 * 1603.09382), each by itself; the others are scaled by {@code 1 / (1 - rate)}, as torchvision does
 * in its mode "row". At inference nothing happens.
 *
 * <p>For a {@link org.deeplearning4j.nn.conf.layers.DropoutLayer} between the branch and the
 * addition. Which photos are dropped follows ND4J's random numbers. Not thread-safe: it keeps the
 * last batch's choice until the backward pass, so each layer needs its own.
 */
public final class StochasticDepth implements IDropout {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double rate;

  /** For each photo of the last training batch 0 or {@code 1 / (1 - rate)}. */
  private transient INDArray factors;

  /**
   * @param rate share of the photos that lose the branch, at least 0 and below 1
   * @throws IllegalArgumentException if it is outside its range
   */
  @JsonCreator
  public StochasticDepth(@JsonProperty("rate") double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "The share of photos that lose a branch is at least 0 and below 1, not " + rate);
    }
    this.rate = rate;
  }

  /** Share of the photos that lose the branch. */
  public double rate() {
    return rate;
  }

  @Override
  public INDArray applyDropout(
      INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
    factors =
        workspaces
            .createUninitialized(ArrayType.INPUT, result.dataType(), input.size(0))
            .assign(1.0);
    if (rate > 0) {
      Nd4j.exec(new DropOutInverted(factors, 1 - rate));
    }
    return scale(input, result);
  }

  @Override
  public INDArray backprop(INDArray dOutput, INDArray dInput, int iteration, int epoch) {
    if (factors == null) {
      throw new IllegalStateException(
          "The backward pass of stochastic depth needs a forward pass in training mode before it");
    }
    scale(dOutput, dInput);
    factors = null;
    return dInput;
  }

  private INDArray scale(INDArray from, INDArray to) {
    if (from.size(0) != factors.length()) {
      throw new IllegalStateException(
          "Stochastic depth chose among %d photos, the gradient is %s"
              .formatted(factors.length(), Arrays.toString(from.shape())));
    }
    if (RowMajor.is(from) && RowMajor.is(to) && from.dataType() == to.dataType()) {
      // as maps of one place: several times faster than ND4J's broadcast
      MapShape rows = new MapShape(from.size(0), 1, 1, from.length() / from.size(0));
      NativeEngine.start().kernels(to.dataType()).positionScale(rows).forward(from, factors, to);
    } else {
      Broadcast.mul(from, factors, to, 0);
    }
    return to;
  }

  @Override
  public void clear() {
    factors = null;
  }

  @Override
  public StochasticDepth clone() {
    return new StochasticDepth(rate);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StochasticDepth that && rate == that.rate;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(rate);
  }

  @Override
  public String toString() {
    return "StochasticDepth(rate=" + rate + ")";
  }
}
