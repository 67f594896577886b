package org.food4j.models.inference;

/**
 * A network that maps a batch of preprocessed photos to logits, whatever runs it.
 *
 * <p>Implementations are safe for use from several threads, which may mean that calls wait for one
 * another.
 */
public interface Classifier extends AutoCloseable {
  /** Number of logits per photo. */
  int classes();

  /** Height and width of the input in pixels. */
  int inputSize();

  /**
   * Computes the logits of a batch.
   *
   * @param input {@code [batch, 3, inputSize, inputSize]}, float32, as {@code Preprocessing} writes
   *     it; not modified
   * @param batch number of photos, at least 1
   * @return {@code [batch, classes]}, raw scores before any softmax, owned by the caller
   * @throws IllegalArgumentException if the array's length does not fit the batch
   */
  float[] logits(float[] input, int batch);

  /** Whether the network normalises photos itself, so that {@link #pixelLogits} can be called. */
  default boolean takesPixels() {
    return false;
  }

  /**
   * Computes the logits of photos that are not normalised.
   *
   * @param pixels {@code [batch, inputSize, inputSize, 3]}, red, green and blue from 0 to 255
   *     (unsigned), resized and cropped; not modified
   * @param batch number of photos, at least 1
   * @return as {@link #logits}
   * @throws IllegalArgumentException if the array's length does not fit the batch
   * @throws UnsupportedOperationException if the network {@link #takesPixels takes} no pixels
   */
  default float[] pixelLogits(byte[] pixels, int batch) {
    throw new UnsupportedOperationException(
        "This network takes normalised photos, not pixels: call logits");
  }

  /** A few words on what computes: {@code "DL4J 1.0.0-M2.1, CPU, oneDNN"}. */
  String runtime();

  @Override
  void close();
}
