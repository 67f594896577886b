package org.food4j.data.photo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Photos made in tests by formula or at random, and their encodings by the JDK. */
public final class SamplePhotos {
  private SamplePhotos() {}

  /** The 40 x 30 pixels that the Python scripts beside the test resources draw. */
  public static BufferedImage formula() {
    return draw(
        40,
        30,
        (x, y) ->
            (x * 7 + y * 13) % 256 << 16
                | (x * x + 3 * y) % 256 << 8
                | ((x / 5 + y / 4) % 2 == 1 ? 255 : x * y % 200));
  }

  /** Smooth random colours: two seeds look as different as two photos do. */
  public static BufferedImage random(long seed, int width, int height) {
    Random random = new Random(seed);
    int[] knots = random.ints(5 * 5, 0, 1 << 24).toArray();
    return draw(
        width,
        height,
        (x, y) -> {
          double u = 4.0 * x / width;
          double v = 4.0 * y / height;
          int rgb = 0;
          for (int shift = 16; shift >= 0; shift -= 8) {
            double upper = mix(knots, (int) v, u, shift);
            double lower = mix(knots, (int) v + 1, u, shift);
            rgb |= (int) Math.round(upper + (v - (int) v) * (lower - upper)) << shift;
          }
          return rgb;
        });
  }

  private static double mix(int[] knots, int row, double u, int shift) {
    int left = knots[row * 5 + (int) u] >> shift & 0xff;
    int right = knots[row * 5 + (int) u + 1] >> shift & 0xff;
    return left + (u - (int) u) * (right - left);
  }

  /** Each pixel's 0xRRGGBB from its place. */
  public static BufferedImage draw(int width, int height, IntBinaryOperator rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb.applyAsInt(x, y));
      }
    }
    return image;
  }

  /** Encodes by the JDK: {@code png}, {@code jpg}, {@code bmp}, {@code gif}. */
  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("The JDK does not write " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The image's pixels as a photo. */
  public static Photo photo(BufferedImage image) {
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        rgb[at++] = (byte) (pixel >> 16);
        rgb[at++] = (byte) (pixel >> 8);
        rgb[at++] = (byte) pixel;
      }
    }
    return new Photo(image.getWidth(), image.getHeight(), rgb);
  }

  /** A file that lies beside a test class. */
  public static byte[] resource(Class<?> test, String name) {
    try (InputStream in = test.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The largest difference of a channel between two photos of one size, 0 to 255. */
  public static int maxDifference(Photo one, Photo other) {
    int max = 0;
    for (int i = 0; i < one.rgb().length; i++) {
      max = Math.max(max, Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff)));
    }
    return max;
  }

  /** The mean difference of all channels of all pixels of two photos of one size, 0 to 255. */
  public static double meanDifference(Photo one, Photo other) {
    long sum = 0;
    for (int i = 0; i < one.rgb().length; i++) {
      sum += Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff));
    }
    return (double) sum / one.rgb().length;
  }

  /** The mean difference of two inputs of a network. */
  public static double meanDifference(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - other[i]);
    }
    return sum / one.length;
  }
}
