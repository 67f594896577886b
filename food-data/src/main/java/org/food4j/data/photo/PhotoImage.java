package org.food4j.data.photo;

import java.awt.image.BufferedImage;

/** Photos as the JDK's encoders take them. */
public final class PhotoImage {
  private PhotoImage() {}

  /** A copy of a photo's pixels, {@link BufferedImage#TYPE_INT_RGB}. */
  public static BufferedImage of(Photo photo) {
    BufferedImage image =
        new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = photo.rgb();
    int[] row = new int[photo.width()];
    for (int y = 0, i = 0; y < photo.height(); y++) {
      for (int x = 0; x < row.length; x++, i += 3) {
        row[x] = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff;
      }
      image.getRaster().setDataElements(0, y, row.length, 1, row);
    }
    return image;
  }
}
