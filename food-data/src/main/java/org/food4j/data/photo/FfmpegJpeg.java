package org.food4j.data.photo;

import static org.bytedeco.ffmpeg.avcodec.AVCodecContext.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_TRACE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * Well-formed JPEG with FFmpeg's decoder, which takes half of libjpeg's time and leaves luma and
 * colour as they are stored. What it does not take, or only with a complaint, is somebody else's.
 *
 * <p>Thread-safe; no native memory outlives a call.
 */
final class FfmpegJpeg {
  private static final AVCodec CODEC = avcodec_find_decoder(AV_CODEC_ID_MJPEG);

  /** Of a row, in pixels. */
  private static final long MOST_PADDING = 64;

  private FfmpegJpeg() {}

  /**
   * Decodes a file.
   *
   * @param scale 1, 2, 4 or 8
   * @return empty for a damaged file, and for anything but luma and two colour differences
   */
  static Optional<ScaledPhoto> decode(JpegStructure jpeg, int scale) {
    return pixels(jpeg, scale)
        .map(pixels -> ScaledPhoto.upright(jpeg, jpeg.orientation().turn(pixels), scale));
  }

  private static Optional<YccPixels> pixels(JpegStructure jpeg, int scale) {
    EncodedParts parts = jpeg.parts();
    AVCodecContext context = avcodec_alloc_context3(CODEC);
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    try (BytePointer bytes = NativeBytes.copy(parts, AV_INPUT_BUFFER_PADDING_SIZE)) {
      context.thread_count(1);
      // Its complaints are answers here, not news: below every level that is shown, for this
      // decoder alone. (One is not the decoder's and still shown: a hidden header's size.)
      context.log_level_offset(2 * AV_LOG_TRACE);
      context.lowres(Integer.numberOfTrailingZeros(scale));
      context.err_recognition(AV_EF_EXPLODE);
      // FFmpeg looks for headers where they do not belong, too: none may enlarge the photo. Its
      // own check takes rows with their padding.
      context.max_pixels((jpeg.width() + MOST_PADDING) * jpeg.height());
      if (avcodec_open2(context, CODEC, (AVDictionary) null) < 0) {
        throw new IllegalStateException("FFmpeg's JPEG decoder does not start");
      }
      packet.data(bytes).size(parts.length());
      if (avcodec_send_packet(context, packet) < 0
          || avcodec_receive_frame(context, frame) < 0
          || frame.decode_error_flags() != 0
          || (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0
          || frame.width() != ScaledPhoto.reduced(jpeg.width(), scale)
          || frame.height() != ScaledPhoto.reduced(jpeg.height(), scale)) {
        return Optional.empty();
      }
      return pixels(frame, jpeg.orientation());
    } finally {
      av_frame_free(frame);
      av_packet_free(packet);
      avcodec_free_context(context);
    }
  }

  private static Optional<YccPixels> pixels(AVFrame frame, Orientation orientation) {
    int format = frame.format();
    int columns = format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P ? 2 : 1;
    int rows = format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ440P ? 2 : 1;
    if (columns == 1 && rows == 1 && format != AV_PIX_FMT_YUVJ444P) {
      return Optional.empty();
    }
    int width = frame.width();
    int height = frame.height();
    if (!orientation.keepsShares(width, height, columns, rows)) {
      return Optional.empty();
    }
    int chromaWidth = (width + columns - 1) / columns;
    int chromaHeight = (height + rows - 1) / rows;
    return Optional.of(
        new YccPixels(
            width,
            height,
            columns,
            rows,
            plane(frame, 0, width, height),
            plane(frame, 1, chromaWidth, chromaHeight),
            plane(frame, 2, chromaWidth, chromaHeight)));
  }

  /** Without the padding at the end of FFmpeg's rows. */
  private static byte[] plane(AVFrame frame, int index, int width, int height) {
    int stride = frame.linesize(index);
    // All at once: a call into native memory for each row would take longer than the copying.
    byte[] padded = new byte[(height - 1) * stride + width];
    frame.data(index).get(padded);
    if (stride == width) {
      return padded;
    }
    byte[] samples = new byte[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(padded, y * stride, samples, y * width, width);
    }
    return samples;
  }
}
