package org.food4j.data.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Drawings have few colours; with a palette of them, a PNG file takes a third of the bytes. */
public final class FewColours {
  private static final int MOST = 256;

  private FewColours() {}

  /**
   * The same image with a palette.
   *
   * @param image opaque; not changed
   * @return empty if it has more than {@value #MOST} colours, as photos have
   */
  public static Optional<BufferedImage> of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] indices = new byte[width * height];
    Map<Integer, Integer> palette = new LinkedHashMap<>();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        Integer index = palette.putIfAbsent(row[x] & 0xffffff, palette.size());
        if (palette.size() > MOST) {
          return Optional.empty();
        }
        indices[y * width + x] = (byte) (index == null ? palette.size() - 1 : index);
      }
    }
    int[] colours = palette.keySet().stream().mapToInt(Integer::intValue).toArray();
    IndexColorModel model =
        new IndexColorModel(
            8, colours.length, colours, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    small.getRaster().setDataElements(0, 0, width, height, indices);
    return Optional.of(small);
  }
}
