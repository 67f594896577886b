package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.CropPosition;
import org.food4j.data.preprocess.Preprocessing;

/**
 * The resize that the preprocessing defines, and a square of the result: at {@link
 * CropPosition#CENTRE} what evaluation sees. Draws nothing from the random stream.
 *
 * @param preprocessing the size of the resized photo and of the square
 * @param position of the square
 */
public record FixedCrop(Preprocessing preprocessing, CropPosition position)
    implements PhotoTransform {
  @Override
  public Photo apply(Photo photo, Random random) {
    return preprocessing.crop(ScaledPhoto.full(photo), position);
  }

  @Override
  public Photo applyDecoded(ScaledPhoto photo, Random random) {
    return preprocessing.crop(photo, position);
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
