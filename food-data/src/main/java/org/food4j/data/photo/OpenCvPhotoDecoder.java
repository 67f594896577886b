package org.food4j.data.photo;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG, PNG, WebP and BMP with OpenCV: the fast decoder, for photos that the owner of the
 * machine chose. The format is told by content, never by a file's name. EXIF orientation is applied
 * (JPEG); grey, palette, CMYK and 16-bit photos become 8-bit RGB, an alpha channel is dropped.
 *
 * <p>Size and completeness are checked before any pixel is decoded. Thread-safe and stateless; no
 * native memory outlives a call.
 */
public final class OpenCvPhotoDecoder implements PhotoDecoder {
  /** The most pixels of a photo, unless another limit is asked for: 100 megapixels. */
  public static final int DEFAULT_PIXEL_LIMIT = 100_000_000;

  private final int pixelLimit;

  /** A decoder with the {@linkplain #DEFAULT_PIXEL_LIMIT default limit}. */
  public OpenCvPhotoDecoder() {
    this(DEFAULT_PIXEL_LIMIT);
  }

  /**
   * A decoder with a limit of its own.
   *
   * @param pixelLimit the most pixels (width x height) that a photo may have; decoding takes up to
   *     9 bytes of memory for each, 3 of them on the heap
   * @throws IllegalArgumentException if the limit is below 1 or its pixels do not fit an array
   */
  public OpenCvPhotoDecoder(int pixelLimit) {
    if (pixelLimit < 1 || pixelLimit > Integer.MAX_VALUE / 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A pixel limit lies between 1 and %d, not at %d",
              Integer.MAX_VALUE / 3,
              pixelLimit));
    }
    this.pixelLimit = pixelLimit;
  }

  @Override
  public Photo decode(byte[] encoded) throws PhotoException {
    return decode(encoded, Integer.MAX_VALUE).photo();
  }

  @Override
  public ScaledPhoto decode(byte[] encoded, int shorterSide) throws PhotoException {
    PhotoHeader header = PhotoHeader.read(encoded);
    if ((long) header.width() * header.height() > pixelLimit) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels are above the limit of %s",
              header.width(),
              header.height(),
              limitInWords()));
    }
    int scale = scale(header, shorterSide);
    if (header.format().equals("JPEG")) {
      var ycc = FfmpegJpeg.decode(encoded, scale);
      if (ycc.isPresent())
        return new ScaledPhoto(ycc.get(), header.width(), header.height(), scale);
    }
    try (BytePointer bytes = new BytePointer(encoded);
        Mat buffer = new Mat(1, encoded.length, CV_8UC1, bytes);
        Mat decoded = imdecode(buffer, flag(scale))) {
      if (decoded.empty()) {
        throw new PhotoException(undecodable(header));
      }
      Photo pixels = toPhoto(decoded);
      // Upright, a photo may lie across its header.
      boolean turned = (header.width() > header.height()) != (pixels.width() > pixels.height());
      return new ScaledPhoto(
          pixels,
          turned ? header.height() : header.width(),
          turned ? header.width() : header.height(),
          scale);
    } catch (RuntimeException e) {
      // How JavaCPP passes on a C++ exception.
      throw new PhotoException(undecodable(header), e);
    }
  }

  /** The coarsest scale that leaves enough pixels; only JPEG is decoded coarsely for less work. */
  private static int scale(PhotoHeader header, int shorterSide) {
    int scale = header.format().equals("JPEG") ? 8 : 1;
    while (scale > 1 && Math.min(header.width(), header.height()) / scale < shorterSide) {
      scale /= 2;
    }
    return scale;
  }

  private static int flag(int scale) {
    return switch (scale) {
      case 8 -> IMREAD_REDUCED_COLOR_8;
      case 4 -> IMREAD_REDUCED_COLOR_4;
      case 2 -> IMREAD_REDUCED_COLOR_2;
      default -> IMREAD_COLOR;
    };
  }

  private static Photo toPhoto(Mat bgr) {
    byte[] pixels = new byte[Math.toIntExact(bgr.total() * 3)];
    bgr.data().get(pixels);
    for (int i = 0; i < pixels.length; i += 3) {
      byte blue = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = blue;
    }
    return new Photo(bgr.cols(), bgr.rows(), pixels);
  }

  private String limitInWords() {
    return pixelLimit % 1_000_000 == 0
        ? pixelLimit / 1_000_000 + " megapixels"
        : pixelLimit + " pixels";
  }

  private static String undecodable(PhotoHeader header) {
    return "damaged %s: its pixels cannot be decoded".formatted(header.format());
  }
}
