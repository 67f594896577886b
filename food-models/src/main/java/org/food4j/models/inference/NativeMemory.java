package org.food4j.models.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Native memory for batches of any size up to the largest that was asked for: a server's batches
 * differ from call to call, and none of them waits for memory. Not thread-safe.
 */
final class NativeMemory implements AutoCloseable {
  private final OrtEnvironment environment;
  private final PhotoInput photo;
  private final ScoreOutput score;
  private final Map<Integer, NativeBatch> batches = new HashMap<>();
  private int capacity;
  private ByteBuffer photos = ByteBuffer.allocate(0);
  private ByteBuffer scores = ByteBuffer.allocate(0);

  NativeMemory(OrtEnvironment environment, PhotoInput photo, ScoreOutput score) {
    this.environment = environment;
    this.photo = photo;
    this.score = score;
  }

  /** A batch of that size; valid until a larger one is asked for. */
  NativeBatch batch(int size) throws OrtException {
    if (size > capacity) {
      close();
      photos = direct(bytes(size, photo.length(), photo.type().size));
      scores = direct(bytes(size, score.classes(), score.type().size));
      capacity = size;
    }
    NativeBatch known = batches.get(size);
    if (known != null) {
      return known;
    }
    NativeBatch made =
        new NativeBatch(
            environment,
            size,
            part(photos, bytes(size, photo.length(), photo.type().size)),
            part(scores, bytes(size, score.classes(), score.type().size)),
            photo,
            score);
    batches.put(size, made);
    return made;
  }

  private static int bytes(int size, int numbers, int bytesEach) {
    return Math.toIntExact((long) size * numbers * bytesEach);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer part(ByteBuffer whole, int bytes) {
    return whole.slice(0, bytes).order(ByteOrder.nativeOrder());
  }

  /** Gives back what was handed out; the memory is made anew when it is needed again. */
  @Override
  public void close() {
    batches.values().forEach(NativeBatch::close);
    batches.clear();
    capacity = 0;
  }
}
