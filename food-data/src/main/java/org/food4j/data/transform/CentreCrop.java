package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;

/** What evaluation sees: the resize and centre crop that the preprocessing defines. */
record CentreCrop(Preprocessing preprocessing) implements PhotoTransform {
  @Override
  public Photo apply(Photo photo, Random random) {
    return preprocessing.crop(photo);
  }

  @Override
  public Photo applyDecoded(ScaledPhoto photo, Random random) {
    return preprocessing.crop(photo);
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
