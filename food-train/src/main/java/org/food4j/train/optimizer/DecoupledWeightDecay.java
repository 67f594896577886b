package org.food4j.train.optimizer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Weight decay outside the gradient (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2):
 * each step takes {@code learning rate * coefficient * weight} off a weight, whatever the optimiser
 * makes of the gradient.
 *
 * <p>DL4J's own {@code WeightDecay} does the same, but also reports half the squared norm as a part
 * of the loss, which for batch-normalised networks is a hundred times the loss itself. Immutable.
 */
public final class DecoupledWeightDecay implements Regularization {
  private static final long serialVersionUID = 1L;

  private final double coefficient;

  /**
   * @param coefficient at least 0
   * @throws IllegalArgumentException if it is negative or no finite number
   */
  @JsonCreator
  public DecoupledWeightDecay(@JsonProperty("coefficient") double coefficient) {
    requireCoefficient(coefficient);
    this.coefficient = coefficient;
  }

  static void requireCoefficient(double coefficient) {
    if (!(coefficient >= 0) || !Double.isFinite(coefficient)) {
      throw new IllegalArgumentException("Weight decay is at least 0, not " + coefficient);
    }
  }

  /** The share of a weight that a learning rate of 1 takes off per step, at least 0. */
  public double getCoefficient() {
    return coefficient;
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.POST_UPDATER;
  }

  @Override
  public void apply(
      INDArray parameters, INDArray update, double learningRate, int iteration, int epoch) {
    // the update is subtracted from the parameters afterwards
    Nd4j.exec(new Axpy(parameters, update, update, learningRate * coefficient));
  }

  /** No part of the loss. */
  @Override
  public double score(INDArray parameters, int iteration, int epoch) {
    return 0;
  }

  @Override
  public DecoupledWeightDecay clone() {
    return new DecoupledWeightDecay(coefficient);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecoupledWeightDecay that && coefficient == that.coefficient;
  }

  @Override
  public int hashCode() {
    return Objects.hash(coefficient);
  }
}
