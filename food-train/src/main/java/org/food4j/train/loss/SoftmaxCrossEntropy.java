package org.food4j.train.loss;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.food4j.data.split.ClassWeights;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

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
 * <p>With a focal gamma, each class's term is also scaled by {@code (1 - p[c])^gamma}, so that
 * photos that the network is sure of count less (Lin et al. 2017, arXiv 1708.02002, equation 5, of
 * the softmax as in section 3's footnote; their alpha are the class weights): a photo's score is
 * {@code -sum over c of weight[c] target[c] (1 - p[c])^gamma log p[c]}, of smoothed or mixed
 * targets too, over the same mean weight. Such a loss is not least at the true probabilities:
 * answers come out less sure than with gamma 0, which is plain cross-entropy.
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

  private double focalGamma;

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

  /**
   * @param labelSmoothing as for {@link #SoftmaxCrossEntropy(double)}
   * @param weights one per class, in the order of the logits
   * @param focalGamma how strongly what is known already is discounted, at least 0 and finite; 0
   *     for plain cross-entropy, 2 in the paper
   */
  public SoftmaxCrossEntropy(double labelSmoothing, ClassWeights weights, double focalGamma) {
    this(labelSmoothing, weights);
    if (!(focalGamma >= 0) || !Double.isFinite(focalGamma)) {
      throw new IllegalArgumentException(
          "The focal loss's gamma is at least 0 and finite, not " + focalGamma);
    }
    this.focalGamma = focalGamma;
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

  /** How strongly what is known already is discounted; 0 for not at all. */
  public double getFocalGamma() {
    return focalGamma;
  }

  /** For deserialisation. */
  public void setFocalGamma(double focalGamma) {
    this.focalGamma = focalGamma;
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
    INDArray logProbabilities = logSoftmax(logits);
    INDArray terms = targets(labels, logits).mul(logProbabilities);
    if (focalGamma > 0) {
      terms.muli(Transforms.pow(rests(logProbabilities), focalGamma, false));
    }
    return terms.sum(1).neg();
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    check(labels, logits, activation, mask);
    if (focalGamma > 0) {
      return focalGradient(labels, logits);
    }
    INDArray probabilities = Nd4j.exec(new SoftMax(logits, logits.ulike(), 1))[0];
    INDArray targets = targets(labels, logits);
    // sum(targets) is 1 for a distribution without weights; a row of zeros must not push any logit
    return probabilities.muliColumnVector(targets.sum(1)).subi(targets);
  }

  /**
   * By the softmax's derivative {@code dp[c] / dz[k] = p[c] ([c = k] - p[k])}, {@code slope[k] -
   * p[k] sum(slope)} with {@code slope[c] = target[c] (1 - p[c])^gamma (gamma p[c] log p[c] / (1 -
   * p[c]) - 1)}.
   */
  private INDArray focalGradient(INDArray labels, INDArray logits) {
    INDArray logProbabilities = logSoftmax(logits);
    INDArray probabilities = Transforms.exp(logProbabilities, true);
    INDArray rests = rests(logProbabilities);
    INDArray discounts = Transforms.pow(rests, focalGamma, true);
    // a rest of 0 has a discount of 0, whatever the quotient, which only must be a number
    INDArray slopes =
        logProbabilities
            .divi(Transforms.max(rests, Float.MIN_NORMAL, false))
            .muli(probabilities)
            .muli(focalGamma)
            .subi(1)
            .muli(discounts)
            .muli(targets(labels, logits));
    return slopes.subi(probabilities.muliColumnVector(slopes.sum(1)));
  }

  /** ND4J's own gives minus infinity for what is less probable than the smallest float. */
  private static INDArray logSoftmax(INDArray logits) {
    INDArray shifted = logits.subColumnVector(logits.max(1));
    return shifted.subiColumnVector(Transforms.log(Transforms.exp(shifted, true).sum(1), false));
  }

  /** {@code 1 - p}, without the cancellation of the difference where p is nearly 1. */
  private static INDArray rests(INDArray logProbabilities) {
    return Transforms.expm1(logProbabilities, true).negi();
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
        + (classWeights.length == 0 ? "" : ", class weights")
        + (focalGamma == 0 ? "" : ", focal gamma " + focalGamma);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftmaxCrossEntropy that
        && labelSmoothing == that.labelSmoothing
        && focalGamma == that.focalGamma
        && Arrays.equals(classWeights, that.classWeights);
  }

  @Override
  public int hashCode() {
    return Objects.hash(labelSmoothing, focalGamma, Arrays.hashCode(classWeights));
  }

  @Override
  public String toString() {
    return "SoftmaxCrossEntropy(labelSmoothing=%s, classWeights=%s, focalGamma=%s)"
        .formatted(labelSmoothing, Arrays.toString(classWeights), focalGamma);
  }
}
