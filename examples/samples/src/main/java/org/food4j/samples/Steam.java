package org.food4j.samples;

import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.transform.PhotoTransform;

// region: an augmentation
/**
 * Steam over a hot dish: whitens a photo, most of all at the top.
 *
 * @param strength the share of white at the top, at most; 0 to 1
 */
record Steam(double strength) implements PhotoTransform {
  @Override
  public Photo apply(Photo photo, Random random) {
    // All randomness comes from the photo's own stream: what it draws depends on seed, epoch and
    // photo alone, however many workers there are.
    double density = strength * random.nextDouble();
    byte[] rgb = photo.rgb().clone(); // the photo that was given may be cached
    int row = 3 * photo.width();
    for (int i = 0; i < rgb.length; i++) {
      double white = density * (1 - (double) (i / row) / photo.height());
      int value = rgb[i] & 0xff;
      rgb[i] = (byte) Math.round(value + white * (255 - value));
    }
    return new Photo(photo.width(), photo.height(), rgb);
  }
}
// end region
