package org.food4j.data.photo;

/**
 * What decoding a photo takes at most, estimated from its header.
 *
 * <p>Memory is what decoders were seen to allocate. Time is for the worst content of the format,
 * not the usual one, on a server's core of 2023:
 *
 * <table>
 * <caption>ImageIO's readers</caption>
 * <tr><th>format</th><th>nanoseconds a pixel</th></tr>
 * <tr><td>JPEG in one scan</td><td>12</td></tr>
 * <tr><td>JPEG in several scans: for each, because the JDK puts out the picture after each</td>
 *     <td>10</td></tr>
 * <tr><td>PNG, with alpha or 16 bits</td><td>45, 70</td></tr>
 * <tr><td>PNG, interlaced: the same and</td><td>50</td></tr>
 * <tr><td>WebP lossless, lossy, with alpha</td><td>100, 200, 400</td></tr>
 * <tr><td>BMP, GIF</td><td>20, 30</td></tr>
 * </table>
 *
 * @param bytes of memory beside the file's own, on the heap and off it, the result included
 * @param nanos of one core's time
 */
record DecodingCost(long bytes, long nanos) {
  /**
   * With ImageIO's readers: always decoded at full size, then reduced.
   *
   * @param apart whether a JPEG's luma and colour are set apart in planes of their own
   */
  static DecodingCost imageIo(PhotoHeader header, int scale, boolean apart) {
    long pixels = header.pixels();
    long reduced = pixels / (scale * scale);
    long kept = (scale > 1 ? 3 * reduced : 0) + (apart ? 3 * reduced : 0);
    long turned = header.orientation() == Orientation.UPRIGHT ? 0 : 3 * reduced;
    long bytes = header.parts().length() + kept + turned;
    // A switch over the sealed type, once Java has it.
    if (header instanceof JpegStructure jpeg) {
      int components = jpeg.colour().components();
      bytes += jpeg.coefficientBytes() + pixels * (components + (components == 3 ? 0 : 3));
      return new DecodingCost(bytes, pixels * (jpeg.wholeInMemory() ? 10L * jpeg.scans() : 12));
    }
    if (header instanceof PngStructure png) {
      long stored = (pixels * png.bitsPerPixel() + 7) / 8;
      bytes += png.isPlainRgb() ? stored : stored + 3 * pixels;
      int nanos = png.colour().alpha() || png.bitDepth() == 16 ? 70 : 45;
      return new DecodingCost(bytes, pixels * (nanos + (png.interlaced() ? 50 : 0)));
    }
    if (header instanceof WebpStructure webp) {
      int nanos = webp.lossless() ? 100 : webp.alpha() ? 400 : 200;
      return new DecodingCost(bytes + pixels * (webp.alpha() ? 12 : 6), pixels * nanos);
    }
    if (header instanceof GifStructure gif) {
      long frame = (long) gif.frameWidth() * gif.frameHeight();
      return new DecodingCost(bytes + 3 * pixels + 4 * frame, 2 * pixels + 30 * frame);
    }
    return new DecodingCost(bytes + 7 * pixels, 20 * pixels);
  }

  /**
   * With FFmpeg, and with OpenCV if FFmpeg has decoded in vain. FFmpeg's memory is free again by
   * then, and it never holds more than OpenCV does and one plane: its copy with padded rows.
   */
  static DecodingCost ffmpegAndOpenCv(JpegStructure jpeg, int scale) {
    DecodingCost openCv = openCv(jpeg, scale);
    long reduced = jpeg.pixels() / (scale * scale);
    return new DecodingCost(openCv.bytes + reduced, 2 * openCv.nanos);
  }

  /** With OpenCV, which holds its pixels beside ours, or ours beside those turned upright. */
  static DecodingCost openCv(PhotoHeader header, int scale) {
    long reduced = header.pixels() / (scale * scale);
    long bytes = header.parts().length() + 6 * reduced;
    if (header instanceof JpegStructure jpeg) {
      return new DecodingCost(
          bytes + jpeg.coefficientBytes(), 12 * reduced + jpeg.blockVisits() * 70);
    }
    return new DecodingCost(bytes + header.pixels(), 30 * reduced);
  }
}
