package org.food4j.data.photo;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes photos with native libraries: the fast decoder, for photos that the owner of the machine
 * chose. The format is told by content, never by a file's name. What the pixels are is the same as
 * with {@link ImageIoPhotoDecoder}, up to rounding: upright, 8-bit, over white.
 *
 * <p>FFmpeg decodes well-formed colour JPEG where no more detail than needed is asked for ({@link
 * #decode(byte[], int)}), in half of libjpeg-turbo's time, and leaves luma and colour apart. OpenCV
 * decodes the JPEGs that FFmpeg rejects, or that both together could not decode within the limits,
 * whole photos as red, green and blue, PNG in plain RGB, and lossy WebP without alpha. Everything
 * else is handed to {@link ImageIoPhotoDecoder}: CMYK, alpha, palettes and 16 bits, because OpenCV
 * converts them by other rules or drops them; lossless WebP, because the libwebp inside OpenCV
 * 4.5.5 can be made to write outside its memory by such a file (CVE-2023-4863); BMP and GIF,
 * because there is nothing to gain; and a photo so large that OpenCV's copy of its pixels beside
 * ours would exceed the memory limit.
 *
 * <p>Size, completeness and memory are checked before any pixel is decoded. Thread-safe and
 * stateless; no native memory outlives a call.
 */
public final class NativePhotoDecoder implements PhotoDecoder {
  /** The most pixels of a photo, unless another limit is asked for: 100 megapixels. */
  public static final int DEFAULT_PIXEL_LIMIT = PhotoLimits.DEFAULT.pixels();

  private final PhotoLimits limits;
  private final ImageIoPhotoDecoder others;

  /** A decoder with the {@linkplain PhotoLimits#DEFAULT default limits}. */
  public NativePhotoDecoder() {
    this(PhotoLimits.DEFAULT);
  }

  /**
   * A decoder with a pixel limit of its own and the default limit of memory.
   *
   * @throws IllegalArgumentException if the limit is below 1 or its pixels do not fit an array
   */
  public NativePhotoDecoder(int pixelLimit) {
    this(PhotoLimits.ofPixels(pixelLimit));
  }

  /** A decoder with limits of its own. */
  public NativePhotoDecoder(PhotoLimits limits) {
    this.limits = limits;
    this.others = new ImageIoPhotoDecoder(limits);
  }

  @Override
  public Photo decode(byte[] encoded) throws PhotoException {
    return decode(encoded, Integer.MAX_VALUE, false).photo();
  }

  /**
   * {@inheritDoc}
   *
   * <p>JPEG is decoded at the coarsest of full size, a half, a quarter and an eighth that leaves
   * enough pixels; other formats at full size.
   */
  @Override
  public ScaledPhoto decode(byte[] encoded, int shorterSide) throws PhotoException {
    return decode(encoded, shorterSide, true);
  }

  private ScaledPhoto decode(byte[] encoded, int shorterSide, boolean lumaAndColourApart)
      throws PhotoException {
    PhotoHeader header = PhotoHeader.read(encoded);
    limits.checkPixels(header);
    int scale = scale(header, shorterSide);
    DecodingCost cost = DecodingCost.openCv(header, scale);
    if (!isForOpenCv(header) || cost.bytes() > limits.memoryBytes()) {
      return others.decode(header, shorterSide, lumaAndColourApart);
    }
    limits.check(header, cost, scale);
    if (lumaAndColourApart
        && header instanceof JpegStructure jpeg
        && limits.allow(DecodingCost.ffmpegAndOpenCv(jpeg, scale))) {
      Optional<ScaledPhoto> photo = FfmpegJpeg.decode(jpeg, scale);
      if (photo.isPresent()) {
        return photo.get();
      }
    }
    byte[] rgb;
    try (BytePointer bytes = NativeBytes.copy(header.parts(), 0);
        Mat buffer = new Mat(1, header.parts().length(), CV_8UC1, bytes);
        Mat decoded = imdecode(buffer, flag(scale) | IMREAD_IGNORE_ORIENTATION)) {
      if (decoded.empty()) {
        throw new PhotoException(header.undecodable());
      }
      rgb = rgb(decoded);
    } catch (RuntimeException e) {
      // How JavaCPP passes on a C++ exception.
      throw new PhotoException(header.undecodable(), e);
    }
    return ScaledPhoto.upright(header, rgb, scale);
  }

  private static boolean isForOpenCv(PhotoHeader header) {
    if (header instanceof JpegStructure jpeg) {
      return jpeg.colour().components() != 4;
    }
    if (header instanceof PngStructure png) {
      return png.isPlainRgb();
    }
    return header instanceof WebpStructure webp && !webp.lossless() && !webp.alpha();
  }

  /** The coarsest scale that leaves enough pixels; only JPEG is decoded coarsely for less work. */
  private static int scale(PhotoHeader header, int shorterSide) {
    int scale = header.format() == PhotoFormat.JPEG ? 8 : 1;
    while (scale > 1 && !ScaledPhoto.leaves(header, scale, shorterSide)) {
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

  private static byte[] rgb(Mat bgr) {
    byte[] pixels = new byte[Math.toIntExact(bgr.total() * 3)];
    bgr.data().get(pixels);
    return ChannelOrder.swapRedAndBlue(pixels);
  }
}
