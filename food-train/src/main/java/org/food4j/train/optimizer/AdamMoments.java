package org.food4j.train.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/** What {@link AdamUpdater} keeps of the gradients of a block of parameters. Not thread-safe. */
final class AdamMoments implements GradientUpdater<AdamUpdater> {
  private static final String FIRST = "M";
  private static final String SECOND = "V";

  /** Any step late enough that {@code adam_updater} finds nothing left to correct. */
  private static final int CORRECTED_ALREADY = 1 << 30;

  private final AdamUpdater config;
  private INDArray first;
  private INDArray second;

  AdamMoments(AdamUpdater config) {
    this.config = config;
  }

  @Override
  public AdamUpdater getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    if (!state.keySet().equals(Map.of(FIRST, 0, SECOND, 0).keySet())) {
      throw new IllegalArgumentException(
          "Adam's state is %s and %s, not %s".formatted(FIRST, SECOND, state.keySet()));
    }
    first = state.get(FIRST);
    second = state.get(SECOND);
    if (initialize) {
      first.assign(0);
      second.assign(0);
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(FIRST, first, SECOND, second);
  }

  @Override
  public void setStateViewArray(INDArray state, long[] shape, char order, boolean initialize) {
    if (initialize) {
      state.assign(0);
    }
    INDArray flat = state.reshape(state.length());
    long half = flat.length() / 2;
    first = flat.get(NDArrayIndex.interval(0, half)).reshape(order, shape);
    second = flat.get(NDArrayIndex.interval(half, 2 * half)).reshape(order, shape);
  }

  /**
   * ND4J's fused step is {@code rate * sqrt(c2) / c1 * m / (sqrt(v) + epsilon)}, where {@code c1}
   * and {@code c2} correct the moments; PyTorch's {@code rate / c1 * m / (sqrt(v) / sqrt(c2) +
   * epsilon)} is the same with an epsilon of {@code epsilon * sqrt(c2)}. Both corrections are
   * computed here, in double precision whatever the parameters are.
   */
  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    // who trains waiting stages earlier than planned, starts with their first step
    double steps = Math.max(1, iteration - config.firstStep() + 1.0);
    double correction1 = 1 - Math.pow(config.beta1(), steps);
    double correction2 = Math.sqrt(1 - Math.pow(config.beta2(), steps));
    double rate = config.getLearningRate(iteration, epoch);
    Nd4j.exec(
        new org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater(
            gradient.reshape(first.shape()),
            second,
            first,
            rate * correction2 / correction1,
            config.beta1(),
            config.beta2(),
            config.epsilon() * correction2,
            CORRECTED_ALREADY));
    if (rate == 0) {
      gradient.assign(0); // the fused step takes a rate of 0 for an overflow, and epsilon instead
    }
  }
}
