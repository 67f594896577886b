package org.food4j.train.optimizer;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What updaters have in common: a learning rate by step, and a state of one or more values for each
 * parameter. Not thread-safe against {@link #setLrAndSchedule}.
 */
abstract sealed class ScheduledUpdater implements IUpdater permits AdamUpdater, MomentumUpdater {
  private static final long serialVersionUID = 1L;

  private ISchedule schedule;

  ScheduledUpdater(ISchedule schedule) {
    this.schedule = Objects.requireNonNull(schedule);
  }

  /** How many values are kept for each parameter. */
  abstract int valuesPerParameter();

  /** What keeps them, without an array yet. */
  abstract GradientUpdater<?> newState();

  @Override
  public abstract ScheduledUpdater clone();

  final ISchedule schedule() {
    return schedule;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return schedule.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  /** A fixed rate where no schedule is given. */
  @Override
  public void setLrAndSchedule(double rate, ISchedule newSchedule) {
    schedule = newSchedule == null ? new FixedSchedule(rate) : newSchedule;
  }

  @Override
  public long stateSize(long parameters) {
    return valuesPerParameter() * parameters;
  }

  @Override
  public GradientUpdater<?> instantiate(INDArray state, boolean initialize) {
    GradientUpdater<?> updater = newState();
    long[] shape = {state.length() / valuesPerParameter()};
    updater.setStateViewArray(state, shape, state.ordering(), initialize);
    return updater;
  }

  @Override
  public GradientUpdater<?> instantiate(Map<String, INDArray> state, boolean initialize) {
    GradientUpdater<?> updater = newState();
    updater.setState(state, initialize);
    return updater;
  }
}
