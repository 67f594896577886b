package org.food4j.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients checked against central differences, in double precision. */
public final class FiniteDifferences {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;

  /** Enough to see every kind of place in small arrays, few enough to take milliseconds. */
  private static final long VALUES = 200;

  private FiniteDifferences() {}

  /**
   * Compares about 200 values, evenly spread.
   *
   * @param loss computed anew from the argument, which is changed and restored meanwhile
   */
  public static void assertGradient(
      String name, INDArray argument, INDArray gradient, DoubleSupplier loss) {
    assertThat(gradient.shape()).as("shape of d %s", name).isEqualTo(argument.shape());
    double largest = Math.max(1, gradient.amaxNumber().doubleValue());
    for (long i = 0; i < argument.length(); i += argument.length() / VALUES + 1) {
      double value = argument.getDouble(i);
      argument.putScalar(i, value + STEP);
      double above = loss.getAsDouble();
      argument.putScalar(i, value - STEP);
      double below = loss.getAsDouble();
      argument.putScalar(i, value);
      assertThat(gradient.getDouble(i))
          .as("d %s [%d]", name, i)
          .isCloseTo((above - below) / (2 * STEP), within(TOLERANCE * largest));
    }
  }
}
