package org.food4j.train.loss;

import java.util.Objects;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogSoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Cross-entropy of the softmax of logits, with label smoothing (Szegedy et al. 2016, arXiv
 * 1512.00567, section 7): the same figure as PyTorch's {@code cross_entropy(logits, labels,
 * label_smoothing)}.
 *
 * <p>The layer that uses it keeps the identity activation, so that the graph's output is the
 * logits; DL4J's own cross-entropy makes the softmax part of the network and has no smoothing.
 * Labels {@code [batch, classes]} are distributions: one-hot, or mixed. Thread-safe.
 */
public final class SoftmaxCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private double labelSmoothing;

  /** For deserialisation, and without smoothing. */
  public SoftmaxCrossEntropy() {}

  /**
   * @param labelSmoothing the share of each label's probability that is spread evenly over all
   *     classes, 0 to below 1
   */
  public SoftmaxCrossEntropy(double labelSmoothing) {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "Label smoothing lies between 0 and below 1, not at " + labelSmoothing);
    }
    this.labelSmoothing = labelSmoothing;
  }

  /** The share of the target that is spread over all classes, 0 to below 1. */
  public double getLabelSmoothing() {
    return labelSmoothing;
  }

  /** For deserialisation. */
  public void setLabelSmoothing(double labelSmoothing) {
    this.labelSmoothing = labelSmoothing;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, logits, activation, mask).sumNumber().doubleValue();
    return average ? sum / logits.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    check(labels, logits, activation, mask);
    INDArray logProbabilities = Nd4j.exec(new LogSoftMax(logits, logits.ulike()))[0];
    return smoothed(labels, logits).mul(logProbabilities).sum(1).neg();
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    check(labels, logits, activation, mask);
    INDArray probabilities = Nd4j.exec(new SoftMax(logits, logits.ulike(), 1))[0];
    INDArray targets = smoothed(labels, logits);
    // sum(targets) is 1 for a distribution; a row of zeros must not push any logit
    return probabilities.muliColumnVector(targets.sum(1)).subi(targets);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, logits, activation, mask, average),
        computeGradient(labels, logits, activation, mask));
  }

  private INDArray smoothed(INDArray labels, INDArray logits) {
    INDArray targets = labels.castTo(logits.dataType());
    return labelSmoothing == 0
        ? targets
        : targets.mul(1 - labelSmoothing).addi(labelSmoothing / labels.size(1));
  }

  private static void check(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    if (!(activation instanceof ActivationIdentity)) {
      throw new IllegalArgumentException(
          "The loss takes logits: its layer's activation is identity, not " + activation);
    }
    if (mask != null) {
      throw new IllegalArgumentException("Photos have no time steps that a mask could hide");
    }
    if (!labels.equalShapes(logits)) {
      throw new IllegalArgumentException(
          "Labels %s and logits %s have one shape [batch, classes]"
              .formatted(labels.shapeInfoToString(), logits.shapeInfoToString()));
    }
  }

  @Override
  public String name() {
    return "softmax cross-entropy, label smoothing " + labelSmoothing;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftmaxCrossEntropy that && labelSmoothing == that.labelSmoothing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(labelSmoothing);
  }

  @Override
  public String toString() {
    return "SoftmaxCrossEntropy(labelSmoothing=" + labelSmoothing + ")";
  }
}
