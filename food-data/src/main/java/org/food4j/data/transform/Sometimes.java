package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/** Applies another transform, or not. */
record Sometimes(double probability, PhotoTransform transform) implements PhotoTransform {
  Sometimes {
    Ranges.requireProbability(probability);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    return random.nextDouble() < probability ? transform.apply(photo, random) : photo;
  }
}
