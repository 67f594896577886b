package org.food4j.data.duplicate;

import java.util.Arrays;
import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.SamplePhotos;

/** Pictures and what people do to them. */
final class SamplePictures {
  private SamplePictures() {}

  /** A smooth picture of random colours under fine noise. */
  static Photo photo(int seed) {
    Photo photo = SamplePhotos.photo(SamplePhotos.random(seed, 240, 180));
    byte[] rgb = photo.rgb().clone();
    Random random = new Random(seed);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.max(0, Math.min(255, (rgb[i] & 0xff) + random.nextInt(41) - 20));
    }
    return new Photo(240, 180, rgb);
  }

  /**
   * Less of a photo.
   *
   * @param share of each side that is cut off in all
   * @param left of what is cut off across, the share on the left
   * @param top of what is cut off down, the share at the top
   */
  static Photo crop(Photo photo, double share, double left, double top) {
    int width = (int) Math.round(photo.width() * (1 - share));
    int height = (int) Math.round(photo.height() * (1 - share));
    int x = (int) Math.round((photo.width() - width) * left);
    int y = (int) Math.round((photo.height() - height) * top);
    byte[] rgb = new byte[width * height * 3];
    for (int row = 0; row < height; row++) {
      System.arraycopy(
          photo.rgb(), ((y + row) * photo.width() + x) * 3, rgb, row * width * 3, width * 3);
    }
    return new Photo(width, height, rgb);
  }

  static Photo mirror(Photo photo) {
    byte[] rgb = new byte[photo.rgb().length];
    int width = photo.width();
    for (int pixel = 0; pixel < rgb.length / 3; pixel++) {
      int from = pixel / width * width + width - 1 - pixel % width;
      System.arraycopy(photo.rgb(), from * 3, rgb, pixel * 3, 3);
    }
    return new Photo(width, photo.height(), rgb);
  }

  /** A picture of waves: {@code [down, across]}, 8 x 8 amplitudes in grey levels. */
  static PhotoSignature waves(double[] amplitudes) {
    byte[] levels = new byte[256];
    double[][] waves = new Stretch(0, 1).waves();
    for (int i = 0; i < levels.length; i++) {
      double level = 128;
      for (int k = 0; k < amplitudes.length; k++) {
        level += amplitudes[k] * waves[k / 8][i / 16] * waves[k % 8][i % 16];
      }
      levels[i] = (byte) Math.max(0, Math.min(255, Math.round(level)));
    }
    return PhotoSignature.ofLevels(levels);
  }

  /** Amplitudes as photos have them: the larger the coarser. */
  static double[] amplitudes(Random random) {
    double[] amplitudes = new double[64];
    Arrays.setAll(
        amplitudes, k -> k == 0 ? 0 : random.nextGaussian() * 200 / Math.hypot(k / 8, k % 8));
    return amplitudes;
  }
}
