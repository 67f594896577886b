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

  /** A few words on what computes: {@code "DL4J 1.0.0-M2.1, CPU, oneDNN"}. */
  String runtime();

  @Override
  void close();
}
