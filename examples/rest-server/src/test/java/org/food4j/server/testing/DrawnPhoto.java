package org.food4j.server.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.imageio.ImageIO;

/** Photos for tests. */
public final class DrawnPhoto {
  private DrawnPhoto() {}

  /** A JPEG of one colour. */
  public static byte[] jpeg(Color color) {
    return encoded(drawn(48, 32, color, 0), "jpg");
  }

  /** A JPEG of a colour with spots that the seed places: another photo for each seed. */
  public static byte[] jpeg(int width, int height, Color color, long seed) {
    return encoded(drawn(width, height, color, seed), "jpg");
  }

  /** A PNG of a colour with spots. */
  public static byte[] png(int width, int height, Color color, long seed) {
    return encoded(drawn(width, height, color, seed), "png");
  }

  /** The same JPEG with a number in a comment: other bytes, the same pixels. */
  public static byte[] numbered(byte[] jpeg, long number) {
    ByteBuffer bytes = ByteBuffer.allocate(jpeg.length + 12);
    bytes.put(jpeg, 0, 2).putShort((short) 0xfffe).putShort((short) 10).putLong(number);
    return bytes.put(jpeg, 2, jpeg.length - 2).array();
  }

  private static BufferedImage drawn(int width, int height, Color color, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(color);
    pen.fillRect(0, 0, width, height);
    Random random = new Random(seed);
    for (int i = 0; seed != 0 && i < 12; i++) {
      pen.setColor(new Color(random.nextInt(1 << 24)));
      pen.fillOval(random.nextInt(width), random.nextInt(height), 1 + width / 8, 1 + height / 8);
    }
    pen.dispose();
    return image;
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
