package org.food4j.train.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Weight decay inside the gradient: {@code coefficient * weight} is added to it before the
 * optimiser sees it, as PyTorch's {@code SGD} and {@code Adam} do. DL4J's own {@code
 * L2Regularization} does the same, but reports it as a part of the loss. Immutable.
 */
public final class CoupledWeightDecay extends UnscoredWeightDecay {
  private static final long serialVersionUID = 1L;

  /**
   * @param coefficient the share of a weight that is added to its gradient, at least 0
   * @throws IllegalArgumentException if it is negative or no finite number
   */
  @JsonCreator
  public CoupledWeightDecay(@JsonProperty("coefficient") double coefficient) {
    super(coefficient);
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.BEFORE_UPDATER;
  }

  @Override
  public void apply(
      INDArray parameters, INDArray gradient, double learningRate, int iteration, int epoch) {
    Nd4j.exec(new Axpy(parameters, gradient, gradient, getCoefficient()));
  }
}
