package org.food4j.train.loop;

import java.util.Locale;

/**
 * The loss, the gradient or a logit has become infinite or not a number; the weights that follow
 * from it are of no use.
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
    this("loss", epoch, step, loss);
  }

  private TrainingDivergedException(String what, int epoch, int step, double value) {
    super(
        String.format(
            Locale.ROOT,
            "The %s is %s in epoch %d, step %d: lower the learning rate or lengthen the warm-up%s",
            what,
            value,
            epoch,
            step,
            kept(epoch)));
  }

  /**
   * A gradient that ended the training, before the weights were moved by it.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param norm infinite or not a number
   */
  public static TrainingDivergedException ofGradient(int epoch, int step, double norm) {
    return new TrainingDivergedException("gradient's norm", epoch, step, norm);
  }

  private static String kept(int epoch) {
    return epoch == 1 ? "" : "; the checkpoints of earlier epochs are intact";
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
            "A validation photo's logit is %s after epoch %d: lower the learning rate or lengthen the warm-up%s",
            logit,
            epoch,
            kept(epoch)));
  }
}
