package org.food4j.data.batch;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.PhotoTransform;

/**
 * What photos become in each epoch, where it is not the same in all of them: a training on photos
 * that grow (Tan and Le 2021, arXiv 2104.00298, section 4). Depends on the epoch alone.
 * Thread-safe.
 */
@FunctionalInterface
public interface EpochInputs {
  /**
   * What photos become in an epoch.
   *
   * @param epoch from 0
   */
  EpochInput of(int epoch);

  /**
   * The same transforms onto inputs of other sizes.
   *
   * @param largest of all epochs; the others are it {@linkplain Preprocessing#withInputSize scaled}
   * @param sizes of the input in pixels, by epoch from 0; at most the largest one's
   * @param transforms onto the size of a preprocessing, {@code Augmentation.STANDARD::transform}
   * @throws IllegalArgumentException from {@link #of}, if an epoch's size is above the largest one
   */
  static EpochInputs ofSizes(
      Preprocessing largest,
      IntUnaryOperator sizes,
      Function<Preprocessing, PhotoTransform> transforms) {
    return epoch -> {
      int size = sizes.applyAsInt(epoch);
      if (size > largest.inputSize()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Photos of epoch %d have at most the %d px of the last ones, not %d px: they are kept no larger than those need",
                epoch,
                largest.inputSize(),
                size));
      }
      Preprocessing preprocessing = largest.withInputSize(size);
      return new EpochInput(preprocessing, transforms.apply(preprocessing));
    };
  }
}
