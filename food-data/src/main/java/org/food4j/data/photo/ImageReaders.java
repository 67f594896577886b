package org.food4j.data.photo;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The image readers that decode photos: the JDK's own, and TwelveMonkeys' for WebP. Whatever else
 * is registered with ImageIO, by whoever, is not asked.
 */
final class ImageReaders {
  private static final Map<PhotoFormat, ImageReaderSpi> PROVIDERS =
      new EnumMap<>(PhotoFormat.class);

  static {
    for (PhotoFormat format : PhotoFormat.values()) {
      PROVIDERS.put(
          format, format == PhotoFormat.WEBP ? new WebPImageReaderSpi() : ofTheJdk(format));
    }
  }

  private ImageReaders() {}

  /** A new reader, for one photo and one thread; the caller disposes of it. */
  static ImageReader create(PhotoFormat format) throws IOException {
    return PROVIDERS.get(format).createReaderInstance();
  }

  private static ImageReaderSpi ofTheJdk(PhotoFormat format) {
    Iterator<ImageReaderSpi> ofTheJdk =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                spi ->
                    spi.getClass().getModule() == ImageIO.class.getModule()
                        && List.of(((ImageReaderSpi) spi).getFormatNames())
                            .contains(format.toString()),
                true);
    if (!ofTheJdk.hasNext()) {
      throw new IllegalStateException(
          "The JDK's reader of %s is missing from ImageIO's registry: somebody deregistered it"
              .formatted(format));
    }
    return ofTheJdk.next();
  }
}
