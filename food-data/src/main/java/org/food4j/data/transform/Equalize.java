package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Spreads the values of each channel so that all become about equally frequent: Pillow's {@code
 * ImageOps.equalize}. A channel of one value stays as it is.
 */
public record Equalize() implements PhotoTransform {
  @Override
  public Photo apply(Photo photo, Random random) {
    int[][] histograms = ValueTable.histograms(photo);
    int pixels = photo.width() * photo.height();
    return ValueTable.apply(
        photo,
        table(histograms[0], pixels),
        table(histograms[1], pixels),
        table(histograms[2], pixels));
  }

  private static byte[] table(int[] histogram, int pixels) {
    int largest = 255;
    while (histogram[largest] == 0) {
      largest--;
    }
    int step = (pixels - histogram[largest]) / 255;
    if (step == 0) {
      return ValueTable.of(v -> v);
    }
    byte[] table = new byte[256];
    int below = step / 2;
    for (int value = 0; value < 256; value++) {
      table[value] = (byte) Math.min(255, below / step);
      below += histogram[value];
    }
    return table;
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
