package org.food4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * A gradient of 1 with noise of deviation 20 at each of 2,000 weights: four workers that average
 * after each step go as far as one optimiser that sees the mean of their gradients.
 */
class AveragedStepsTest {
  private static final int WEIGHTS = 2_000;
  private static final int STEPS = 60;
  private static final int WORKERS = 4;
  private static final double NOISE = 20;

  static List<Optimizer> optimizers() {
    FixedSchedule rate = new FixedSchedule(0.01);
    return List.of(
        new AdamW(rate, 0),
        new Adam(rate, 0),
        new Sgd(rate, 0, false, 0),
        new Sgd(rate, 0.9, false, 0));
  }

  /** Mean distance that the weights have gone. */
  private static double distance(Optimizer optimizer, List<List<INDArray>> gradients) {
    int workers = gradients.get(0).size();
    int values = 2;
    List<INDArray> states = new ArrayList<>();
    List<GradientUpdater<?>> updaters = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      long size = optimizer.updater().stateSize(WEIGHTS);
      values = (int) (size / WEIGHTS);
      INDArray state = size == 0 ? null : Nd4j.zeros(1, size);
      states.add(state);
      updaters.add(optimizer.updater().instantiate(state, true));
    }
    double gone = 0;
    for (int step = 0; step < STEPS; step++) {
      for (int worker = 0; worker < workers; worker++) {
        INDArray update = gradients.get(step).get(worker).dup();
        updaters.get(worker).applyUpdater(update, step, 0);
        gone += update.meanNumber().doubleValue() / workers;
      }
      if (values > 0 && workers > 1) {
        INDArray mean = Nd4j.mean(Nd4j.vstack(states), 0);
        states.forEach(state -> state.assign(mean.reshape(state.shape())));
      }
    }
    return gone;
  }

  private static List<List<INDArray>> gradients() {
    Random random = new Random(3);
    List<List<INDArray>> gradients = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      List<INDArray> workers = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        float[] values = new float[WEIGHTS];
        for (int i = 0; i < WEIGHTS; i++) {
          values[i] = (float) (1 + NOISE * random.nextGaussian());
        }
        workers.add(Nd4j.createFromArray(values).reshape(1, WEIGHTS));
      }
      gradients.add(workers);
    }
    return gradients;
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void workers_thatAverage_goAsFarAsOneThatSeesAllBatches(Optimizer optimizer) {
    List<List<INDArray>> all = gradients();
    List<List<INDArray>> together =
        all.stream()
            .map(step -> List.of(Nd4j.mean(Nd4j.vstack(step), 0).reshape(1, WEIGHTS)))
            .toList();
    double one = distance(optimizer, together);
    assertThat(distance(optimizer.averagedOver(WORKERS), all)).isCloseTo(one, within(0.05 * one));
  }

  @Test
  void adam_asItIs_goesHalfAsFar() {
    List<List<INDArray>> all = gradients();
    Optimizer adam = new AdamW(new FixedSchedule(0.01), 0);
    double ratio = distance(adam, all) / distance(adam.averagedOver(WORKERS), all);
    assertThat(ratio).isCloseTo(0.5, within(0.01));
  }

  @Test
  void decay_thatIsDecoupled_keepsItsStrength() {
    AdamW worker = new AdamW(new FixedSchedule(0.01), 0.05).averagedOver(4);
    assertThat(worker.schedule().valueAt(7, 1) * worker.weightDecay())
        .isCloseTo(0.0005, within(1e-12));
    assertThat(worker.schedule().valueAt(7, 1)).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void oneWorker_isTheOptimizerItself() {
    for (Optimizer optimizer : optimizers()) {
      assertThat(optimizer.averagedOver(1)).isSameAs(optimizer);
    }
  }
}
