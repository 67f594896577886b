package org.food4j.data.transform;

import java.util.List;
import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.ScaledPhoto;

/**
 * A change to a photo. Implementations are immutable and thread-safe, never write to the photo they
 * are given, and draw all their randomness from the stream they are given: the same photo and the
 * same stream give the same pixels.
 */
@FunctionalInterface
public interface PhotoTransform {
  /**
   * Transforms one photo.
   *
   * @param photo not modified; may be returned as it is
   * @param random the photo's own stream; advanced
   */
  Photo apply(Photo photo, Random random);

  /**
   * Transforms a photo as its decoder left it, which is where a transform that resizes saves the
   * conversion of pixels that it drops. Draws from the stream what {@link #apply} would.
   *
   * @param photo at full size or smaller; not modified
   * @param random the photo's own stream; advanced
   */
  default Photo applyDecoded(ScaledPhoto photo, Random random) {
    return apply(photo.photo(), random);
  }

  /**
   * Whether the result may depend on the random stream. The result of a transform that says no is
   * computed once per photo where a cache is allowed.
   */
  default boolean isRandom() {
    return true;
  }

  /** The transforms one after the other, drawing from one stream. */
  static PhotoTransform sequence(PhotoTransform... transforms) {
    return new Sequence(List.of(transforms));
  }

  /**
   * The transform, or nothing.
   *
   * @param probability of applying it, 0 to 1
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  static PhotoTransform sometimes(double probability, PhotoTransform transform) {
    return new Sometimes(probability, transform);
  }
}
