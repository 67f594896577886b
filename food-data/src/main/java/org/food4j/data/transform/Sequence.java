package org.food4j.data.transform;

import java.util.List;
import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.ScaledPhoto;

/** Transforms in order of application. */
record Sequence(List<PhotoTransform> transforms) implements PhotoTransform {
  Sequence {
    transforms = List.copyOf(transforms);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    return rest(photo, transforms, random);
  }

  @Override
  public Photo applyDecoded(ScaledPhoto photo, Random random) {
    return transforms.isEmpty()
        ? photo.photo()
        : rest(
            transforms.get(0).applyDecoded(photo, random),
            transforms.subList(1, transforms.size()),
            random);
  }

  private static Photo rest(Photo photo, List<PhotoTransform> transforms, Random random) {
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
