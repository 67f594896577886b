package org.food4j.train.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * What {@link MomentumUpdater} keeps of the gradients of a block of parameters. Not thread-safe.
 */
final class Velocity implements GradientUpdater<MomentumUpdater> {
  private static final String VELOCITY = "V";

  private final MomentumUpdater config;
  private INDArray velocity;

  Velocity(MomentumUpdater config) {
    this.config = config;
  }

  @Override
  public MomentumUpdater getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    if (!state.keySet().equals(Map.of(VELOCITY, 0).keySet())) {
      throw new IllegalArgumentException(
          "The state of momentum is %s, not %s".formatted(VELOCITY, state.keySet()));
    }
    velocity = state.get(VELOCITY);
    if (initialize) {
      velocity.assign(0);
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(VELOCITY, velocity);
  }

  @Override
  public void setStateViewArray(INDArray state, long[] shape, char order, boolean initialize) {
    if (initialize) {
      state.assign(0);
    }
    velocity = state.reshape(state.length()).reshape(order, shape);
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    INDArray step = gradient.reshape(velocity.shape());
    Nd4j.exec(new Axpy(velocity, step, velocity, config.momentum()));
    if (config.nesterov()) {
      Nd4j.exec(new Axpy(velocity, step, step, config.momentum()));
      step.muli(config.getLearningRate(iteration, epoch));
    } else {
      velocity.muli(config.getLearningRate(iteration, epoch), step);
    }
  }
}
