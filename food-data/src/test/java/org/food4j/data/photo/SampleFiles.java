package org.food4j.data.photo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A small file of each format, colour type and kind of compression. */
final class SampleFiles {
  private static final BufferedImage FORMULA = SamplePhotos.formula();

  private SampleFiles() {}

  /** Names, such as {@code progressive.jpg}, and bytes. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name :
        new String[] {
          "cmyk.jpg",
          "progressive.jpg",
          "lossless.webp",
          "extended.webp",
          "lossy.webp",
          "smooth.webp",
          "lossless_alpha.webp",
          "lossy_alpha.webp"
        }) {
      files.put(name, SamplePhotos.resource(SampleFiles.class, name));
    }
    BufferedImage smooth = SamplePhotos.random(3, 61, 43);
    BufferedImage grey = as(smooth, BufferedImage.TYPE_BYTE_GRAY);
    files.put("baseline.jpg", SamplePhotos.encode(smooth, "jpg"));
    files.put("grey.jpg", SamplePhotos.encode(grey, "jpg"));
    files.put("turned.jpg", withOrientation(files.get("baseline.jpg"), 6));
    files.put("grey_progressive.jpg", write(grey, "jpg", SampleFiles::progressive));
    files.put("rgb.png", SamplePhotos.encode(FORMULA, "png"));
    files.put("interlaced.png", write(FORMULA, "png", SampleFiles::progressive));
    files.put("palette.png", encode(FORMULA, BufferedImage.TYPE_BYTE_INDEXED, "png"));
    files.put("rgba.png", png(8, 6));
    files.put("rgb16.png", png(16, 2));
    files.put("rgba16.png", png(16, 6));
    files.put("grey_alpha.png", png(8, 4));
    for (int bits : new int[] {1, 2, 4, 8, 16}) {
      files.put("grey" + bits + ".png", png(bits, 0));
    }
    files.put("rgb.bmp", SamplePhotos.encode(FORMULA, "bmp"));
    files.put("palette.bmp", encode(FORMULA, BufferedImage.TYPE_BYTE_INDEXED, "bmp"));
    files.put("black_and_white.bmp", encode(FORMULA, BufferedImage.TYPE_BYTE_BINARY, "bmp"));
    files.put("bit_fields.bmp", encode(FORMULA, BufferedImage.TYPE_USHORT_565_RGB, "bmp"));
    files.put(
        "run_length.bmp",
        write(
            as(FORMULA, BufferedImage.TYPE_BYTE_INDEXED),
            "bmp",
            settings -> {
              settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
              settings.setCompressionType("BI_RLE8");
            }));
    files.put("plain.gif", SamplePhotos.encode(FORMULA, "gif"));
    files.put("interlaced.gif", write(FORMULA, "gif", SampleFiles::progressive));
    files.put("transparent.gif", transparentGif());
    return files;
  }

  /** Samples that grow to the right, downwards and with the channel. */
  private static byte[] png(int bits, int colourType) {
    return new PngFile(37, 29, bits, colourType)
        .pixels((x, y, channel) -> (x * 3 + y * 5 + channel * 40) * 257 >> 16 - bits);
  }

  private static byte[] transparentGif() {
    BufferedImage image = new BufferedImage(20, 15, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 150; i++) {
      image.setRGB(i % 20, i / 20, 0xff208040);
    }
    return SamplePhotos.encode(image, "gif");
  }

  private static void progressive(ImageWriteParam settings) {
    settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
  }

  private static BufferedImage as(BufferedImage image, int type) {
    BufferedImage other = new BufferedImage(image.getWidth(), image.getHeight(), type);
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      other.setRGB(x, y, image.getRGB(x, y));
    }
    return other;
  }

  private static byte[] encode(BufferedImage image, int type, String format) {
    return SamplePhotos.encode(as(image, type), format);
  }

  private static byte[] write(
      BufferedImage image, String format, Consumer<ImageWriteParam> settings) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      settings.accept(parameters);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A TIFF structure with nothing but the orientation. */
  static byte[] exif(int orientation) {
    return HexFormat.of()
        .parseHex(
            "4d4d002a00000008" // big-endian TIFF, first directory at 8
                + "0001" // one entry:
                + "0112000300000001%04x0000".formatted(orientation)
                + "00000000"); // no other directory
  }

  /** The JPEG with an EXIF segment. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif = exif(orientation);
    return ByteBuffer.allocate(jpeg.length + exif.length + 10)
        .put(jpeg, 0, 2)
        .putShort((short) 0xffe1)
        .putShort((short) (exif.length + 8))
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
        .put(exif)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** The lossless WebP, 40 x 30 pixels, in an extended container with an EXIF chunk. */
  static byte[] webpWithOrientation(int orientation) {
    byte[] webp = SamplePhotos.resource(SampleFiles.class, "lossless.webp");
    byte[] exif = exif(orientation);
    ByteBuffer extended =
        ByteBuffer.allocate(webp.length + 18 + 8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
    extended.put(webp, 0, 4).putInt(extended.capacity() - 8).put(webp, 8, 4);
    extended.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).put((byte) 8);
    extended.put(new byte[] {0, 0, 0, 39, 0, 0, 29, 0, 0}).put(webp, 12, webp.length - 12);
    extended.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
    return Arrays.copyOf(extended.array(), extended.position());
  }
}
