package org.food4j.data.photo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes photos as JPEG (ITU-T T.81, baseline) with the JDK's own encoder. Thread-safe. */
public final class JpegEncoder {
  private JpegEncoder() {}

  /**
   * The bytes of a JPEG file. The same photo and quality give the same bytes on the same JDK.
   *
   * @param quality 0 (smallest file) to 1 (best)
   * @throws IllegalArgumentException if the quality is outside its range
   */
  public static byte[] encode(Photo photo, float quality) {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("A JPEG's quality is 0 to 1, not " + quality);
    }
    // The JDK always has a JPEG writer.
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(PhotoImage.of(photo), null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("A photo could not be encoded in memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
