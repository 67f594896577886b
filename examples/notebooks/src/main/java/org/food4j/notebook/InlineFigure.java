package org.food4j.notebook;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A figure as a notebook's file holds it: a drawing as PNG, photos, which would make the file
 * large, as JPEG. Encoded here, since the kernel (3.0.1) loses the last bytes of what it encodes
 * itself, and with them the lowest rows of a JPEG.
 *
 * @param mimeType of the picture
 * @param base64 its bytes
 */
record InlineFigure(String mimeType, String base64) {
  /** At half its size, at which its words are as large as those around it. */
  static InlineFigure of(BufferedImage figure, boolean drawing) {
    BufferedImage half = halved(figure);
    return drawing
        ? new InlineFigure("image/png", encoded(FewColours.of(half).orElse(half), "png"))
        : new InlineFigure("image/jpeg", encoded(half, "jpeg"));
  }

  private static String encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalStateException("This Java writes no " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static BufferedImage halved(BufferedImage image) {
    int width = image.getWidth() / 2;
    int height = image.getHeight() / 2;
    BufferedImage half = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = half.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return half;
  }
}
