package org.food4j.data.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Box;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;

/**
 * A small square JPEG inside the page.
 *
 * @param dataUri {@code data:image/jpeg;base64,...}
 * @param pixels width and height
 */
public record Thumbnail(String dataUri, int pixels) {
  private static final float QUALITY = 0.8f;
  private static final Resampler RESAMPLER = new Resampler(Interpolation.BICUBIC);

  /**
   * The largest square in a photo's middle, at most {@code pixels} wide and never enlarged. About 5
   * kB at 144 pixels.
   */
  public static Thumbnail of(Photo photo, int pixels) {
    int side = Math.min(photo.width(), photo.height());
    int size = Math.min(side, pixels);
    Box middle = new Box((photo.width() - side) / 2.0, (photo.height() - side) / 2.0, side, side);
    Photo small = RESAMPLER.resize(photo, middle, size, size);
    return new Thumbnail(
        "data:image/jpeg;base64,"
            + Base64.getEncoder().encodeToString(JpegEncoder.encode(small, QUALITY)),
        size);
  }

  /**
   * A photo's file as a thumbnail.
   *
   * @throws IOException naming the file, if it cannot be read or decoded
   */
  public static Thumbnail of(Path file, PhotoDecoder decoder, int pixels) throws IOException {
    try {
      return of(decoder.decode(file), pixels);
    } catch (PhotoException e) {
      throw new IOException("The photo " + file + " cannot be shown: " + e.getMessage(), e);
    }
  }

  /**
   * The image element.
   *
   * @param alternative what the photo shows, for those who do not see it
   */
  public Markup markup(String alternative) {
    return Markup.element("img")
        .with("src", dataUri)
        .with("width", pixels)
        .with("height", pixels)
        .with("alt", alternative);
  }
}
