package org.food4j.data.photo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.List;

/**
 * What ImageIO's readers give, as RGB bytes. Transparent pixels are laid over white: {@code (alpha
 * * colour + (255 - alpha) * 255) / 255}, rounded; samples of 16 bits are cut to their upper 8
 * before.
 */
final class RasterPixels {
  private RasterPixels() {}

  /** Colours as the image's own colour model gives them, which must be one of sRGB. */
  static byte[] rgb(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return ChannelOrder.swapRedAndBlue(
          ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    }
    int width = image.getWidth();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, image.getHeight()), 3)];
    int[] row = new int[width];
    int[] palette = palette(image);
    for (int y = 0, at = 0; y < image.getHeight(); y++) {
      if (palette.length > 0) {
        image.getRaster().getSamples(0, y, width, 1, 0, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++, at += 3) {
        int argb = palette.length > 0 ? palette[row[x]] : row[x];
        int alpha = argb >>> 24;
        rgb[at] = overWhite(argb >> 16 & 0xff, alpha);
        rgb[at + 1] = overWhite(argb >> 8 & 0xff, alpha);
        rgb[at + 2] = overWhite(argb & 0xff, alpha);
      }
    }
    return rgb;
  }

  private static int[] palette(BufferedImage image) {
    if (!(image.getColorModel() instanceof IndexColorModel colours)) {
      return new int[0];
    }
    int[] palette = new int[1 << colours.getPixelSize()];
    // For an index beyond the palette, where the reader has not filled it up.
    Arrays.fill(palette, 0xff000000);
    int[] known = new int[colours.getMapSize()];
    colours.getRGBs(known);
    System.arraycopy(known, 0, palette, 0, Math.min(known.length, palette.length));
    return palette;
  }

  /** The samples of a PNG without palette: its colour space is not looked at. */
  static byte[] samples(BufferedImage image, PngStructure png) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && png.transparent().isEmpty()) {
      return rgb(image);
    }
    Raster raster = image.getRaster();
    int samples = png.colour().samples();
    int width = png.width();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, png.height()), 3)];
    int[] row = new int[width * raster.getNumBands()];
    int colours = samples - (png.colour().alpha() ? 1 : 0);
    int[] eightBits = eightBits(png.bitDepth());
    int shift = png.bitDepth() == 16 ? 8 : 0;
    for (int y = 0, at = 0; y < png.height(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int pixel = 0; pixel < width * samples; pixel += samples, at += 3) {
        int alpha = colours < samples ? row[pixel + colours] >> shift : 255;
        if (isTransparent(row, pixel, png.transparent())) {
          alpha = 0;
        }
        for (int c = 0; c < 3; c++) {
          int sample = row[pixel + (colours == 1 ? 0 : c)];
          rgb[at + c] = overWhite(eightBits[sample >> shift], alpha);
        }
      }
    }
    return rgb;
  }

  private static boolean isTransparent(int[] row, int pixel, List<Integer> transparent) {
    for (int c = 0; c < transparent.size(); c++) {
      if (row[pixel + c] != transparent.get(c)) {
        return false;
      }
    }
    return !transparent.isEmpty();
  }

  /** What a sample becomes, of 16 bits its upper 8. */
  private static int[] eightBits(int depth) {
    int[] values = new int[1 << Math.min(8, depth)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 255 / (values.length - 1);
    }
    return values;
  }

  private static byte overWhite(int colour, int alpha) {
    return (byte) (255 - JpegColour.dividedBy255((255 - colour) * alpha));
  }

  /** A frame in its place on a white canvas. */
  static byte[] onCanvas(byte[] frame, GifStructure gif) {
    if (gif.frameWidth() == gif.width() && gif.frameHeight() == gif.height()) {
      return frame;
    }
    byte[] canvas = new byte[Math.multiplyExact(Math.multiplyExact(gif.width(), gif.height()), 3)];
    Arrays.fill(canvas, (byte) 255);
    int rowBytes = gif.frameWidth() * 3;
    for (int y = 0; y < gif.frameHeight(); y++) {
      int to = ((gif.top() + y) * gif.width() + gif.left()) * 3;
      System.arraycopy(frame, y * rowBytes, canvas, to, rowBytes);
    }
    return canvas;
  }
}
