package org.food4j.cli.doctor;

import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.YccPixels;

/** Whether FFmpeg decodes a JPEG. */
final class FfmpegCheck {
  private static final String NAME = "FFmpeg";

  private FfmpegCheck() {}

  static Finding look() throws PhotoException {
    byte[] jpeg = JpegEncoder.encode(new Photo(24, 16, new byte[24 * 16 * 3]), 0.9f);
    return new NativePhotoDecoder().decode(jpeg, 16).pixels() instanceof YccPixels
        ? Finding.ok(NAME, av_version_info().getString())
        : Finding.warn(
            NAME,
            "a JPEG that our own encoder wrote is left to OpenCV",
            "Photos are read at half the speed; take this machine's own classifier of ffmpeg.");
  }
}
