package org.food4j.models.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A file of named tensors, in PyTorch's shapes: convolutions {@code [out, in / groups, height,
 * width]}, linear layers {@code [out, in]}. Implementations are thread-safe.
 */
public interface WeightsFile {
  /** The file that was opened. */
  Path file();

  /** The tensors' names, in the file's order. */
  Set<String> names();

  /**
   * A tensor's shape; empty for a scalar. The array is the caller's.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  long[] shape(String name);

  /**
   * A tensor's values as float32, in row-major order. The array is the caller's.
   *
   * @throws IllegalArgumentException if there is no such tensor
   * @throws IOException if it cannot be read
   */
  float[] values(String name) throws IOException;

  /** What the file says about its weights. */
  WeightsCard card();
}
