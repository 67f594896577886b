package org.food4j.train.loss;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.food4j.data.split.ClassWeights;
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
 * 1512.00567, section 7) and weights of the classes: the same figure as PyTorch's {@code
 * cross_entropy(logits, labels, weight, label_smoothing)}.
 *
 * <p>With weights, class {@code c}'s term {@code -target[c] log p[c]} counts {@code weight[c]}
 * times, in smoothed targets too, and the mean over a batch is divided by the sum of its labels'
 * weights instead of their number: a batch of rare classes takes no larger step. Scores and
 * gradients of single photos therefore come divided by the mean weight of their batch. Mixed labels
 * weigh what their shares weigh.
 *
 * <p>The layer that uses it keeps the identity activation, so that the graph's output is the
 * logits; DL4J's own cross-entropy makes the softmax part of the network and has no smoothing.
 * Labels {@code [batch, classes]} are distributions: one-hot, or mixed. Thread-safe.
 */
public final class SoftmaxCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private double labelSmoothing;

  /** Empty where all weigh the same. */
  private double[] classWeights = {};

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

  /**
   * @param labelSmoothing as for {@link #SoftmaxCrossEntropy(double)}
   * @param weights one per class, in the order of the logits
   */
  public SoftmaxCrossEntropy(double labelSmoothing, ClassWeights weights) {
    this(labelSmoothing);
    classWeights = weights.areEqual() ? new double[0] : weights.toArray();
  }

  /** The share of the target that is spread over all classes, 0 to below 1. */
  public double getLabelSmoothing() {
    return labelSmoothing;
  }

  /** For deserialisation. */
  public void setLabelSmoothing(double labelSmoothing) {
    this.labelSmoothing = labelSmoothing;
  }

  /** A new array of the classes' weights, empty where all weigh the same. */
  public double[] getClassWeights() {
    return classWeights.clone();
  }

  /** For deserialisation. */
  public void setClassWeights(double... classWeights) {
    this.classWeights = classWeights.clone();
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
    return targets(labels, logits).mul(logProbabilities).sum(1).neg();
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    check(labels, logits, activation, mask);
    INDArray probabilities = Nd4j.exec(new SoftMax(logits, logits.ulike(), 1))[0];
    INDArray targets = targets(labels, logits);
    // sum(targets) is 1 for a distribution without weights; a row of zeros must not push any logit
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

  /** What log-probabilities are multiplied with: smoothed, weighted, and scaled for the mean. */
  private INDArray targets(INDArray labels, INDArray logits) {
    INDArray smoothed = smoothed(labels, logits);
    if (classWeights.length == 0) {
      return smoothed;
    }
    INDArray weights = Nd4j.createFromArray(classWeights).castTo(logits.dataType());
    double sum = labels.castTo(logits.dataType()).mulRowVector(weights).sumNumber().doubleValue();
    INDArray weighted = smoothed.mulRowVector(weights);
    return sum == 0 ? weighted : weighted.muli(labels.size(0) / sum);
  }

  private void check(INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
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
    if (classWeights.length > 0 && classWeights.length != labels.size(1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d class weights do not fit %d classes",
              classWeights.length,
              labels.size(1)));
    }
  }

  @Override
  public String name() {
    return "softmax cross-entropy, label smoothing "
        + labelSmoothing
        + (classWeights.length == 0 ? "" : ", class weights");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftmaxCrossEntropy that
        && labelSmoothing == that.labelSmoothing
        && Arrays.equals(classWeights, that.classWeights);
  }

  @Override
  public int hashCode() {
    return Objects.hash(labelSmoothing, Arrays.hashCode(classWeights));
  }

  @Override
  public String toString() {
    return "SoftmaxCrossEntropy(labelSmoothing=%s, classWeights=%s)"
        .formatted(labelSmoothing, Arrays.toString(classWeights));
  }
}
