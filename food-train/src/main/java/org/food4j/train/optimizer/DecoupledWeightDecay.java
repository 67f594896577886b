package org.food4j.train.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Weight decay outside the gradient (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2):
 * each step takes {@code learning rate * coefficient * weight} off a weight, whatever the optimiser
 * makes of the gradient. DL4J's own {@code WeightDecay} does the same, but reports it as a part of
 * the loss. Immutable.
 */
public final class DecoupledWeightDecay extends UnscoredWeightDecay {
  private static final long serialVersionUID = 1L;

  /**
   * @param coefficient the share of a weight that a learning rate of 1 takes off per step, at least
   *     0
   * @throws IllegalArgumentException if it is negative or no finite number
   */
  @JsonCreator
  public DecoupledWeightDecay(@JsonProperty("coefficient") double coefficient) {
    super(coefficient);
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.POST_UPDATER;
  }

  @Override
  public void apply(
      INDArray parameters, INDArray update, double learningRate, int iteration, int epoch) {
    // the update is subtracted from the parameters afterwards
    Nd4j.exec(new Axpy(parameters, update, update, learningRate * getCoefficient()));
  }
}
