package org.food4j.train.monitor;

import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.Photo;

/**
 * A picture as TensorBoard takes it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bytes a whole PNG or JPEG file of RGB pixels; not copied and not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedImage(int width, int height, byte[] bytes) {
  private static final float QUALITY = 0.9f;

  /** A photo as JPEG. */
  public static EncodedImage of(Photo photo) {
    return new EncodedImage(photo.width(), photo.height(), JpegEncoder.encode(photo, QUALITY));
  }
}
