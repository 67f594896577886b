package org.food4j.train.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.food4j.train.schedule.ScaledSchedule;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101), beta 0.9 and
 * 0.999, epsilon 1e-8. Biases and batch-norm parameters do not decay.
 *
 * <p>The Adam part is DL4J's, which adds epsilon before the bias correction of the second moment
 * (Kingma and Ba 2015, arXiv 1412.6980, end of section 2), so that first steps differ a little from
 * PyTorch's.
 *
 * @param schedule learning rate by step
 * @param weightDecay 0 for none
 */
public record AdamW(ISchedule schedule, double weightDecay) {
  /**
   * Checks the weight decay.
   *
   * @throws IllegalArgumentException if it is negative or not a number
   */
  public AdamW {
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("Weight decay is at least 0, not " + weightDecay);
    }
  }

  /**
   * The same at a share of the learning rate.
   *
   * @param factor above 0
   */
  public AdamW scaled(double factor) {
    return new AdamW(new ScaledSchedule(schedule, factor), weightDecay);
  }

  /** The optimiser of the steps, for a layer of its own; weight decay is inherited. */
  public IUpdater updater() {
    return Adam.builder().learningRateSchedule(schedule).build();
  }

  /** Makes this the optimiser of every layer that is built on the configuration. */
  public NeuralNetConfiguration.Builder applyTo(NeuralNetConfiguration.Builder configuration) {
    List<Regularization> regularization = new ArrayList<>();
    if (weightDecay > 0) {
      regularization.add(new DecoupledWeightDecay(weightDecay));
    }
    return configuration
        .updater(updater())
        .regularization(regularization)
        .regularizationBias(List.of());
  }
}
