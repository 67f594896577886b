package org.food4j.models.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Native memory for one batch size, and the runtime's views of it. */
final class NativeBatch implements AutoCloseable {
  private final int size;
  private final ByteBuffer photos;
  private final ByteBuffer scores;
  private final OnnxTensor input;
  private final OnnxTensor output;

  NativeBatch(OrtEnvironment environment, int size, PhotoInput photo, ScoreOutput score)
      throws OrtException {
    this.size = size;
    photos = direct((long) size * photo.length(), photo.type().size);
    scores = direct((long) size * score.classes(), score.type().size);
    input = OnnxTensor.createTensor(environment, photos, photo.shape(size), photo.type());
    try {
      output = OnnxTensor.createTensor(environment, scores, score.shape(size), score.type());
    } catch (OrtException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static ByteBuffer direct(long count, int bytesEach) {
    return ByteBuffer.allocateDirect(Math.toIntExact(count * bytesEach))
        .order(ByteOrder.nativeOrder());
  }

  /** Photos per call. */
  int size() {
    return size;
  }

  ByteBuffer photos() {
    return photos;
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
