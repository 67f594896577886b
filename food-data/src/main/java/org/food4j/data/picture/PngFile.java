package org.food4j.data.picture;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.food4j.data.file.AtomicFile;

/** Images as PNG files. */
public final class PngFile {
  private PngFile() {}

  /**
   * Writes a file, whole or not at all; an existing one is replaced.
   *
   * @throws IOException if that fails
   */
  public static void write(RenderedImage image, Path file) throws IOException {
    AtomicFile.write(file, bytes(image));
  }

  /**
   * What such a file holds.
   *
   * @throws IOException if this Java cannot write PNG
   */
  public static byte[] bytes(RenderedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("This Java has no PNG encoder, which every complete one has");
    }
    return bytes.toByteArray();
  }
}
