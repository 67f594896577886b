package org.food4j.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The measure by which two ways to compute the same are compared. */
public final class Agreement {
  /** What single precision is allowed to cost. */
  public static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /** The largest difference is at most {@link #TOLERANCE} times the largest expected value. */
  public static void assertClose(String name, INDArray actual, INDArray expected) {
    assertClose(name, actual, expected, 1e-6);
  }

  /**
   * As {@link #assertClose(String, INDArray, INDArray)}, where values below another scale are
   * noise.
   */
  public static void assertClose(String name, INDArray actual, INDArray expected, double scale) {
    assertThat(actual.shape()).as("shape of %s", name).isEqualTo(expected.shape());
    INDArray reference = expected.castTo(DataType.DOUBLE);
    INDArray difference = actual.castTo(DataType.DOUBLE).sub(reference);
    double largest = reference.amaxNumber().doubleValue();
    assertThat(difference.amaxNumber().doubleValue())
        .as("largest difference of %s, whose largest value is %s", name, largest)
        .isCloseTo(0, within(TOLERANCE * Math.max(largest, scale)));
  }
}
