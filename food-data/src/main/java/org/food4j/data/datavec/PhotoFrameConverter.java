package org.food4j.data.datavec;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameConverter;
import org.food4j.data.photo.ChannelOrder;
import org.food4j.data.photo.Photo;

/** Copies between our RGB rows and JavaCV's frames: blue, green, red, with rows padded. */
final class PhotoFrameConverter extends FrameConverter<Photo> {
  /** A frame with memory of its own, so that it outlives this converter. */
  @Override
  public Frame convert(Photo photo) {
    Frame result = new Frame(photo.width(), photo.height(), Frame.DEPTH_UBYTE, 3);
    ByteBuffer pixels = (ByteBuffer) result.image[0];
    byte[] row = new byte[photo.width() * 3];
    for (int y = 0; y < photo.height(); y++) {
      System.arraycopy(photo.rgb(), y * row.length, row, 0, row.length);
      ChannelOrder.swapRedAndBlue(row);
      pixels.put(y * result.imageStride, row);
    }
    return result;
  }

  /**
   * @throws IllegalArgumentException if the frame is not 8 bits deep with three channels
   */
  @Override
  public Photo convert(Frame frame) {
    if (frame.imageDepth != Frame.DEPTH_UBYTE || frame.imageChannels != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Photos have 3 channels of unsigned bytes (JavaCV depth 8); this image has %d of depth %d",
              frame.imageChannels,
              frame.imageDepth));
    }
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    int stride = frame.imageWidth * 3;
    byte[] rgb = new byte[stride * frame.imageHeight];
    for (int y = 0; y < frame.imageHeight; y++) {
      pixels.get(y * frame.imageStride, rgb, y * stride, stride);
    }
    ChannelOrder.swapRedAndBlue(rgb);
    return new Photo(frame.imageWidth, frame.imageHeight, rgb);
  }
}
