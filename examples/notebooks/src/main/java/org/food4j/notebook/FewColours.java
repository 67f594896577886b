package org.food4j.notebook;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Drawings have few colours, most of them shades at the edges of letters. With a palette of them, a
 * PNG takes a third of the bytes, which a notebook's file keeps as text.
 */
final class FewColours {
  private static final int MOST = 256;

  private FewColours() {}

  /**
   * An image with a palette, whose channels are rounded to 32 levels.
   *
   * @param image opaque; not changed
   * @return empty if there are more than {@value #MOST} colours
   */
  static Optional<BufferedImage> of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] indices = new byte[width * height];
    Map<Integer, Integer> palette = new LinkedHashMap<>();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        Integer index = palette.putIfAbsent(rounded(row[x]), palette.size());
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

  /** Black and white stay what they are. */
  private static int rounded(int rgb) {
    int high = rgb & 0xf8f8f8;
    return high | (high >> 5 & 0x070707);
  }
}
