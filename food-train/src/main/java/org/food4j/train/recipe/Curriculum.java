package org.food4j.train.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.models.architecture.NetworkSpec;

/**
 * What a training begins with less of: the photos' pixels (progressive resizing, Tan and Le 2021,
 * arXiv 2104.00298, section 4), the stages that learn (gradual unfreezing, Howard and Ruder 2018,
 * arXiv 1801.06146, section 3.3).
 *
 * <p>The photos of an epoch {@code e}, from 0, have a side of {@code first + (input_size - first) *
 * e / growing} pixels, rounded down to a multiple of {@value #STEP} but not below the first size;
 * {@code growing} is {@code resize_share} of the epochs, rounded. From then on they have {@code
 * input_size}, as validation and everything after the training always has.
 *
 * @param firstInputSize side of the first epoch's photos in pixels, at least 32 and below {@code
 *     input_size}; 0 for {@code input_size} in all epochs
 * @param resizeShare of the epochs, after which the photos have grown to {@code input_size}; above
 *     0 and below 1
 * @param unfreezeEpochs rising numbers of epochs, after each of which the next stage from the top
 *     learns too, and after the last all; empty to train everything from the start
 */
public record Curriculum(int firstInputSize, double resizeShare, List<Integer> unfreezeEpochs) {
  /** Sizes on the way are its multiples: most networks halve their maps five times. */
  public static final int STEP = 32;

  /** Keeps a copy of the epochs. */
  public Curriculum {
    unfreezeEpochs = unfreezeEpochs == null ? List.of() : List.copyOf(unfreezeEpochs);
  }

  /** Whether the photos grow. */
  public boolean resizes() {
    return firstInputSize > 0;
  }

  /** What is wrong with the values; empty if nothing is. */
  List<String> problems(int inputSize, int epochs, Transfer transfer) {
    List<String> problems = new ArrayList<>();
    Recipe.require(
        problems,
        firstInputSize == 0
            || firstInputSize >= NetworkSpec.SMALLEST_INPUT && firstInputSize < inputSize,
        String.format(
            Locale.ROOT,
            "first_input_size is 0 (off), or lies between %d and below input_size (%d), not at %d",
            NetworkSpec.SMALLEST_INPUT,
            inputSize,
            firstInputSize));
    Recipe.require(
        problems,
        resizeShare > 0 && resizeShare < 1,
        "resize_share lies above 0 and below 1, not at " + resizeShare);
    Recipe.require(
        problems,
        !resizes() || epochs > 1,
        "first_input_size in a training of one epoch leaves none at input_size: set more epochs");
    Recipe.require(
        problems,
        !resizes() || transfer.freeze() == null || !transfer.freezes(),
        "first_input_size does not go with freeze %s, whose features are computed at one size: set one of them off"
            .formatted(transfer.freeze()));
    problems.addAll(unfreezingProblems(epochs, transfer));
    return problems;
  }

  private List<String> unfreezingProblems(int epochs, Transfer transfer) {
    List<String> problems = new ArrayList<>();
    int last = 0;
    for (int epoch : unfreezeEpochs) {
      Recipe.require(
          problems,
          epoch > last && epoch < epochs,
          "unfreeze_epochs rise between 0 and epochs (%s), not as %s"
              .formatted(epochs, unfreezeEpochs));
      last = epoch;
    }
    boolean given = !unfreezeEpochs.isEmpty();
    Recipe.require(
        problems,
        !given || transfer.weights() == null || transfer.hasWeights(),
        "unfreeze_epochs without weights would train behind random values: name weights");
    Recipe.require(
        problems,
        !given || transfer.freeze() == null || !transfer.freezes(),
        "unfreeze_epochs does not go with freeze %s, which is for good: set one of them off"
            .formatted(transfer.freeze()));
    return problems.stream().distinct().toList();
  }

  /** Epochs before the first one that trains everything at full size, at least 0. */
  int epochsWithLess(int epochs) {
    int waiting = unfreezeEpochs.isEmpty() ? 0 : unfreezeEpochs.get(unfreezeEpochs.size() - 1);
    return Math.max(growingEpochs(epochs), waiting);
  }

  /**
   * Side of an epoch's training photos in pixels.
   *
   * @param epoch from 0
   */
  int inputSize(int epoch, int epochs, int largest) {
    int growing = growingEpochs(epochs);
    if (epoch >= growing) {
      return largest;
    }
    long grown = firstInputSize + (long) (largest - firstInputSize) * epoch / growing;
    return (int) Math.max(firstInputSize, grown / STEP * STEP);
  }

  /** Epochs before the first one whose photos have all their pixels; always some are left. */
  private int growingEpochs(int epochs) {
    return resizes()
        ? Math.min(epochs - 1, (int) Math.max(1, Math.round(resizeShare * epochs)))
        : 0;
  }
}
