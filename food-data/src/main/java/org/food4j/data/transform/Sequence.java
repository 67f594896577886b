package org.food4j.data.transform;

import java.util.List;
import java.util.Random;
import org.food4j.data.photo.Photo;

/** Transforms in order of application. */
record Sequence(List<PhotoTransform> transforms) implements PhotoTransform {
  Sequence {
    transforms = List.copyOf(transforms);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    Photo result = photo;
    for (PhotoTransform transform : transforms) {
      result = transform.apply(result, random);
    }
    return result;
  }

  @Override
  public boolean isRandom() {
    return transforms.stream().anyMatch(PhotoTransform::isRandom);
  }
}
