package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Stretches the values of each channel so that its least becomes 0 and its largest 255: Pillow's
 * {@code ImageOps.autocontrast} without a cut-off. A channel of one value stays as it is.
 */
public record AutoContrast() implements PhotoTransform {
  @Override
  public Photo apply(Photo photo, Random random) {
    int[][] histograms = ValueTable.histograms(photo);
    return ValueTable.apply(
        photo, table(histograms[0]), table(histograms[1]), table(histograms[2]));
  }

  private static byte[] table(int[] histogram) {
    int least = 0;
    while (histogram[least] == 0) {
      least++;
    }
    int largest = 255;
    while (histogram[largest] == 0) {
      largest--;
    }
    if (least == largest) {
      return ValueTable.of(v -> v);
    }
    double scale = 255.0 / (largest - least);
    double offset = -least * scale;
    return ValueTable.truncated(v -> v * scale + offset);
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
