package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/** Photos without a file. */
public final class TestPhotos {
  private TestPhotos() {}

  /** Every byte random. */
  public static Photo noise(int width, int height, long seed) {
    byte[] rgb = new byte[width * height * 3];
    new Random(seed).nextBytes(rgb);
    return new Photo(width, height, rgb);
  }
}
