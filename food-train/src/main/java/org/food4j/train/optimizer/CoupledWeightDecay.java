package org.food4j.train.optimizer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Weight decay inside the gradient: {@code coefficient * weight} is added to it before the
 * optimiser sees it, as PyTorch's {@code SGD} and {@code Adam} do.
 *
 * <p>DL4J's own {@code L2Regularization} does the same, but also reports half the squared norm as a
 * part of the loss. Immutable.
 */
public final class CoupledWeightDecay implements Regularization {
  private static final long serialVersionUID = 1L;

  private final double coefficient;

  /**
   * @param coefficient at least 0
   * @throws IllegalArgumentException if it is negative or no finite number
   */
  @JsonCreator
  public CoupledWeightDecay(@JsonProperty("coefficient") double coefficient) {
    DecoupledWeightDecay.requireCoefficient(coefficient);
    this.coefficient = coefficient;
  }

  /** The share of a weight that is added to its gradient, at least 0. */
  public double getCoefficient() {
    return coefficient;
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.BEFORE_UPDATER;
  }

  @Override
  public void apply(
      INDArray parameters, INDArray gradient, double learningRate, int iteration, int epoch) {
    Nd4j.exec(new Axpy(parameters, gradient, gradient, coefficient));
  }

  /** No part of the loss. */
  @Override
  public double score(INDArray parameters, int iteration, int epoch) {
    return 0;
  }

  @Override
  public CoupledWeightDecay clone() {
    return new CoupledWeightDecay(coefficient);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CoupledWeightDecay that && coefficient == that.coefficient;
  }

  @Override
  public int hashCode() {
    return Objects.hash(coefficient);
  }
}
