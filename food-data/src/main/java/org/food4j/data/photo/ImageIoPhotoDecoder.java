package org.food4j.data.photo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG, PNG, WebP, BMP and GIF without OpenCV: the memory-safe decoder, for photos from
 * strangers. The JDK's own readers decode all formats but WebP, which TwelveMonkeys decodes; JPEG
 * is the one format of which a part is native code, the JDK's libjpeg, kept up with the JDK. The
 * format is told by content, never by a file's name, and readers get only the parts of a file that
 * its pixels depend on.
 *
 * <p>The pixels are those that {@link NativePhotoDecoder} gives: bit for bit for JPEG at full size
 * and for all lossless formats, within a few units of 255 for lossy WebP, whose chroma
 * TwelveMonkeys does not interpolate. EXIF orientation is applied; grey, palette, CMYK and 16-bit
 * photos become 8-bit RGB (the upper 8 bits of 16); transparent pixels are laid over white; ICC
 * profiles are ignored.
 *
 * <p>Thread-safe and stateless. Nothing is cached on disk. Size, completeness and memory are
 * checked before any pixel is decoded.
 */
public final class ImageIoPhotoDecoder implements PhotoDecoder {
  private final PhotoLimits limits;

  /** A decoder with the {@linkplain PhotoLimits#DEFAULT default limits}. */
  public ImageIoPhotoDecoder() {
    this(PhotoLimits.DEFAULT);
  }

  /** A decoder with limits of its own. */
  public ImageIoPhotoDecoder(PhotoLimits limits) {
    this.limits = limits;
  }

  @Override
  public Photo decode(byte[] encoded) throws PhotoException {
    return decode(read(encoded), Integer.MAX_VALUE, false).photo();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Photos come at full size, a JPEG too large for that at a half, a quarter or an eighth, each
   * pixel the mean of those that it covers.
   */
  @Override
  public ScaledPhoto decode(byte[] encoded, int shorterSide) throws PhotoException {
    return decode(read(encoded), shorterSide, true);
  }

  private PhotoHeader read(byte[] encoded) throws PhotoException {
    PhotoHeader header = PhotoHeader.read(encoded);
    limits.checkPixels(header);
    return header;
  }

  /**
   * Decodes a photo whose size was checked.
   *
   * @param lumaAndColourApart whether a JPEG's luma and colour may stay apart
   */
  ScaledPhoto decode(PhotoHeader header, int shorterSide, boolean lumaAndColourApart)
      throws PhotoException {
    boolean apart =
        lumaAndColourApart
            && header instanceof JpegStructure jpeg
            && jpeg.colour() == JpegColour.YCBCR;
    int scale = 1;
    if (header instanceof JpegStructure) {
      while (scale < 8
          && DecodingCost.imageIo(header, scale, apart).bytes() > limits.memoryBytes()
          && ScaledPhoto.leaves(header, 2 * scale, shorterSide)) {
        scale *= 2;
      }
    }
    limits.check(header, DecodingCost.imageIo(header, scale, apart), scale);
    byte[] samples;
    try {
      samples = samples(header, apart);
    } catch (IOException | RuntimeException e) {
      // Readers answer damage with any exception, an index out of bounds as often as their own.
      throw new PhotoException(header.undecodable(), e);
    }
    byte[] reduced = BoxReduction.reduce(samples, header.width(), header.height(), scale);
    if (!apart) {
      return ScaledPhoto.upright(header, reduced, scale);
    }
    // As the other decoder leaves them: resized before they are converted, both give one input.
    YccPixels pixels =
        YccPixels.ofInterleaved(
            (header.width() - 1) / scale + 1, (header.height() - 1) / scale + 1, reduced);
    return ScaledPhoto.upright(header, header.orientation().turn(pixels), scale);
  }

  /** {@code [height, width, 3]}: red, green, blue, or a JPEG's luma and colour differences. */
  private static byte[] samples(PhotoHeader header, boolean apart) throws IOException {
    ImageReader reader = ImageReaders.create(header.format());
    try (BytesInput input = new BytesInput(header.parts().toArray())) {
      reader.setInput(input, true, true);
      if (header instanceof JpegStructure jpeg) {
        byte[] stored = jpeg(reader, jpeg);
        return apart ? stored : jpeg.colour().toRgb(stored);
      }
      BufferedImage image = reader.read(0);
      if (header instanceof PngStructure png && png.colour() != PngStructure.Colour.PALETTE) {
        return RasterPixels.samples(image, png);
      }
      if (header instanceof GifStructure gif) {
        return RasterPixels.onCanvas(RasterPixels.rgb(image), gif);
      }
      return RasterPixels.rgb(image);
    } finally {
      reader.dispose();
    }
  }

  /** The samples as stored, before any colour conversion but ours. */
  private static byte[] jpeg(ImageReader reader, JpegStructure jpeg) throws IOException {
    ImageReadParam parameters = reader.getDefaultReadParam();
    // A picture after each scan is of no use: the fewer the better.
    parameters.setSourceProgressivePasses(jpeg.scans() - 1, Integer.MAX_VALUE);
    Raster raster = reader.readRaster(0, parameters);
    return ((DataBufferByte) raster.getDataBuffer()).getData();
  }
}
