package org.food4j.train.loop;

/**
 * What one epoch came to: one line of {@code metrics.jsonl}.
 *
 * @param epoch from 1
 * @param trainLoss mean training loss over the epoch's augmented batches, with label smoothing and
 *     focal gamma; where the recipe mixes photos, against the mixed labels, whose entropy even
 *     perfect answers cost. Comparable between epochs of one recipe, not with the validation loss
 * @param validationLoss mean cross-entropy over the validation split, without label smoothing or
 *     focal gamma
 * @param validationTop1 share of the validation photos whose label scored highest, 0 to 1
 * @param learningRate of the epoch's last step
 * @param seconds that training and validating took
 * @param photosPerSecond training photos by training time
 * @param inputSize height and width of the training photos in pixels; 0 in the metrics of runs made
 *     before it was written down
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationTop1,
    double learningRate,
    double seconds,
    double photosPerSecond,
    int inputSize) {
  /**
   * Whether this epoch's weights are to be preferred: by validation top-1, among equals by
   * validation loss; of equals in both neither is better.
   */
  public boolean isBetterThan(EpochMetrics other) {
    return validationTop1 > other.validationTop1
        || (validationTop1 == other.validationTop1 && validationLoss < other.validationLoss);
  }
}
