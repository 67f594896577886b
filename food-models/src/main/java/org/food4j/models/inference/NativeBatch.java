package org.food4j.models.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;

/**
 * A batch in {@link NativeMemory}: the bytes of its photos and scores, and the runtime's views of
 * both.
 */
final class NativeBatch implements AutoCloseable {
  private final int size;
  private final ByteBuffer photos;
  private final ByteBuffer scores;
  private final OnnxTensor input;
  private final OnnxTensor output;

  /**
   * @param photos of exactly this batch, direct, in native order; shared with other batches
   * @param scores the same
   */
  NativeBatch(
      OrtEnvironment environment,
      int size,
      ByteBuffer photos,
      ByteBuffer scores,
      PhotoInput photo,
      ScoreOutput score)
      throws OrtException {
    this.size = size;
    this.photos = photos;
    this.scores = scores;
    input = OnnxTensor.createTensor(environment, photos, photo.shape(size), photo.type());
    try {
      output = OnnxTensor.createTensor(environment, scores, score.shape(size), score.type());
    } catch (OrtException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /** Photos per call. */
  int size() {
    return size;
  }

  ByteBuffer photos() {
    return photos;
  }

  /**
   * Fills what a batch lacks with its first photo, in place of those of an earlier call.
   *
   * @param count photos that there are, at least one
   */
  void repeatFirst(int count) {
    int length = photos.capacity() / size;
    ByteBuffer source = photos.duplicate();
    for (int photo = count; photo < size; photo++) {
      photos.put(photo * length, source, 0, length);
    }
  }

  ByteBuffer scores() {
    return scores;
  }

  OnnxTensor input() {
    return input;
  }

  OnnxTensor output() {
    return output;
  }

  @Override
  public void close() {
    input.close();
    output.close();
  }
}
