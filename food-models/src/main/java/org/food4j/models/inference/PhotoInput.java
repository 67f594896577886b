package org.food4j.models.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.number.Float16;
import org.food4j.models.onnx.UnreadableModelException;

/**
 * The input of a file that photos go into.
 *
 * @param type FLOAT, FLOAT16 or UINT8
 * @param channelsLast whether it is {@code [batch, size, size, 3]}, not {@code [batch, 3, size,
 *     size]}
 * @param fixedBatch photos per call; 0 if it is free
 * @param size height and width
 */
record PhotoInput(String name, OnnxJavaType type, boolean channelsLast, int fixedBatch, int size) {
  static final int CHANNELS = 3;

  private static final Set<OnnxJavaType> TYPES =
      Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.UINT8);

  /** Far more than any file fixes; a damaged one may say anything. */
  private static final long MOST_FIXED = 1024;

  /**
   * Finds the input among those of an opened file.
   *
   * @param free height and width where the file leaves them free
   */
  static PhotoInput of(Path model, OrtSession session, Optional<String> wanted, OptionalInt free)
      throws OrtException, UnreadableModelException {
    List<String> names = List.copyOf(session.getInputNames());
    if (names.size() != 1 || !names.contains(wanted.orElse(names.get(0)))) {
      throw new UnreadableModelException(
          model,
          "a classifier has one input%s; this file has %s"
              .formatted(wanted.map(name -> ", here '" + name + "'").orElse(""), names));
    }
    String name = names.get(0);
    if (!(session.getInputInfo().get(name).getInfo() instanceof TensorInfo info)) {
      throw new UnreadableModelException(model, "its input '%s' is not a tensor".formatted(name));
    }
    long[] shape = info.getShape();
    boolean last = shape.length == 4 && shape[3] == CHANNELS && shape[1] != CHANNELS;
    if (shape.length != 4 || !(last || shape[1] == CHANNELS) || !TYPES.contains(info.type)) {
      throw unfit(model, name, info);
    }
    long height = last ? shape[1] : shape[2];
    long width = last ? shape[2] : shape[3];
    if (height != width || height > Preprocessing.MOST_SIDE || shape[0] > MOST_FIXED) {
      throw unfit(model, name, info);
    }
    if (height < 1 && free.isEmpty()) {
      throw new UnreadableModelException(
          model,
          "its input '%s' takes photos of any size; say its preprocessing, which fixes one (--preprocessing FILE or imagenet:SIZE)"
              .formatted(name));
    }
    return new PhotoInput(
        name,
        info.type,
        last,
        (int) Math.max(0, shape[0]),
        height < 1 ? free.getAsInt() : (int) height);
  }

  private static UnreadableModelException unfit(Path model, String name, TensorInfo info) {
    return new UnreadableModelException(
        model,
        "a classifier takes square photos, [batch, 3, size, size] or [batch, size, size, 3], in float32, float16 or uint8; input '%s' of this file is %s %s (-1: free)"
            .formatted(name, info.type, Arrays.toString(info.getShape())));
  }

  /** Numbers of one photo. */
  int length() {
    return CHANNELS * size * size;
  }

  long[] shape(int batch) {
    return channelsLast
        ? new long[] {batch, size, size, CHANNELS}
        : new long[] {batch, CHANNELS, size, size};
  }

  /** Whether the network normalises photos itself. */
  boolean takesPixels() {
    return type == OnnxJavaType.UINT8;
  }

  /**
   * Writes normalised photos.
   *
   * @param photos {@code [batch, 3, size, size]}
   * @param first the first one to write
   * @param bytes in native order, from its beginning
   * @param levels makes pixels of them, where the file takes pixels
   */
  void write(float[] photos, int first, int count, ByteBuffer bytes, Optional<PixelLevels> levels) {
    int pixels = size * size;
    int from = first * length();
    if (type == OnnxJavaType.FLOAT && !channelsLast) {
      bytes.asFloatBuffer().put(0, photos, from, count * length());
      return;
    }
    for (int photo = 0, at = 0; photo < count; photo++) {
      int base = from + photo * length();
      for (int i = 0; i < length(); i++, at++) {
        int channel = channelsLast ? i % CHANNELS : i / pixels;
        int pixel = channelsLast ? i / CHANNELS : i % pixels;
        float value = photos[base + channel * pixels + pixel];
        switch (type) {
          case FLOAT -> bytes.putFloat(at * Float.BYTES, value);
          case FLOAT16 -> bytes.putShort(at * Short.BYTES, Float16.toBits(value));
          default -> bytes.put(at, levels.orElseThrow().of(value, channel));
        }
      }
    }
  }

  /**
   * Writes pixels, into a file that takes them.
   *
   * @param rgb {@code [batch, size, size, 3]}
   */
  void write(byte[] rgb, int first, int count, ByteBuffer bytes) {
    int from = first * length();
    if (channelsLast) {
      bytes.put(0, rgb, from, count * length());
      return;
    }
    int pixels = size * size;
    for (int photo = 0, at = 0; photo < count; photo++) {
      for (int i = 0; i < length(); i++, at++) {
        bytes.put(at, rgb[from + photo * length() + i % pixels * CHANNELS + i / pixels]);
      }
    }
  }
}
