package org.food4j.models.weights;

import java.util.Arrays;

/** When values of one shape are those of another, written differently. */
final class TensorShapes {
  private TensorShapes() {}

  /**
   * Whether the values fit as they are, in row-major order: axes of size 1 do not count, and a
   * linear layer's {@code [out, in]} is a convolution's {@code [out, channels, height, width]} that
   * covers its whole input, flattened with channels first.
   */
  static boolean fit(long[] a, long[] b) {
    return Arrays.equals(squeezed(a), squeezed(b))
        || ((a.length == 2) != (b.length == 2)
            && a.length > 1
            && b.length > 1
            && a[0] == b[0]
            && inputs(a) == inputs(b));
  }

  /** Whether only the number of outputs differs. */
  static boolean differInOutputs(long[] a, long[] b) {
    if (a.length == 0 || b.length == 0 || a[0] == b[0]) {
      return false;
    }
    long[] same = b.clone();
    same[0] = a[0];
    return fit(a, same);
  }

  private static long inputs(long[] shape) {
    return Arrays.stream(shape).skip(1).reduce(1, (x, y) -> x * y);
  }

  private static long[] squeezed(long[] shape) {
    return Arrays.stream(shape).filter(size -> size != 1).toArray();
  }
}
