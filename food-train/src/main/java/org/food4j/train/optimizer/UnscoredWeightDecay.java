package org.food4j.train.optimizer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Weight decay that is no part of the loss which is reported, unlike that of DL4J's own classes:
 * half the squared norm is for batch-normalised networks a hundred times the loss itself.
 * Immutable.
 */
abstract sealed class UnscoredWeightDecay implements Regularization
    permits CoupledWeightDecay, DecoupledWeightDecay {
  private static final long serialVersionUID = 1L;

  private final double coefficient;

  /**
   * @throws IllegalArgumentException if the coefficient is negative or no finite number
   */
  UnscoredWeightDecay(double coefficient) {
    requireCoefficient(coefficient);
    this.coefficient = coefficient;
  }

  static void requireCoefficient(double coefficient) {
    if (!(coefficient >= 0) || !Double.isFinite(coefficient)) {
      throw new IllegalArgumentException("Weight decay is at least 0, not " + coefficient);
    }
  }

  /** How much decay there is, at least 0; the class says of what it is a share. */
  public final double getCoefficient() {
    return coefficient;
  }

  /** No part of the loss. */
  @Override
  public final double score(INDArray parameters, int iteration, int epoch) {
    return 0;
  }

  /** Itself: it does not change. */
  @Override
  public final Regularization clone() {
    return this;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof UnscoredWeightDecay that
        && getClass() == that.getClass()
        && coefficient == that.coefficient;
  }

  @Override
  public final int hashCode() {
    return Objects.hash(getClass(), coefficient);
  }
}
