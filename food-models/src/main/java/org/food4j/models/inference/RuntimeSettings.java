package org.food4j.models.inference;

/**
 * How ONNX Runtime computes.
 *
 * @param threads that one call may use, at least 1
 * @param spinning whether idle threads wait busily for the next piece of work: faster for a single
 *     classifier, harmful where several sessions share the processor's cores
 * @param provider what computes
 */
public record RuntimeSettings(int threads, boolean spinning, ExecutionProvider provider) {
  /**
   * Checks the threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  public RuntimeSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("A call uses at least one thread, not " + threads);
    }
  }

  /** On the CPU. */
  public RuntimeSettings(int threads, boolean spinning) {
    this(threads, spinning, ExecutionProvider.CPU);
  }

  /** For one classifier that has the machine to itself: every processor, spinning. */
  public static RuntimeSettings alone() {
    return new RuntimeSettings(Runtime.getRuntime().availableProcessors(), true);
  }

  /**
   * For classifiers that run side by side, as in a server: no spinning.
   *
   * @param threads of this one; the sum over all should not exceed the number of cores
   */
  public static RuntimeSettings shared(int threads) {
    return new RuntimeSettings(threads, false);
  }

  /** The same, computed elsewhere. */
  public RuntimeSettings on(ExecutionProvider other) {
    return new RuntimeSettings(threads, spinning, other);
  }
}
