package org.food4j.train.loop;

import java.util.Locale;

/**
 * The loss or a logit has become infinite or not a number; the weights of that moment are of no
 * use.
 */
public final class TrainingDivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * A loss that ended the training.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param loss infinite or not a number
   */
  public TrainingDivergedException(int epoch, int step, double loss) {
    super(
        String.format(
            Locale.ROOT,
            "The loss is %s in epoch %d, step %d: lower the learning rate or lengthen the warm-up; the checkpoints of earlier epochs are intact",
            loss,
            epoch,
            step));
  }

  /**
   * A validation that ended the training.
   *
   * @param epoch from 1
   * @param logit infinite or not a number
   */
  public TrainingDivergedException(int epoch, float logit) {
    super(
        String.format(
            Locale.ROOT,
            "A validation photo's logit is %s after epoch %d: lower the learning rate or lengthen the warm-up; the checkpoints of earlier epochs are intact",
            logit,
            epoch));
  }
}
