package org.food4j.models.architecture;

import java.util.OptionalDouble;
import java.util.Set;
import org.food4j.models.block.Attention;
import org.food4j.models.block.Conventions;
import org.food4j.models.block.PaddingRule;

/**
 * What a network is built for, and where it departs from its table.
 *
 * @param classes number of logits, at least 1
 * @param inputSize height and width of the input in pixels, at least 32
 * @param dropout share of the pooled features dropped before the classifier in training, 0 to below
 *     1
 * @param stochasticDepth chance that training leaves the last residual branch out for a photo, less
 *     for earlier ones; 0 to below 1
 * @param attention in the residual blocks
 * @param head after the last feature maps
 * @param batchNormEps added to the variance, above 0; empty for the network's own
 * @param padding of convolutions and pooling
 * @param identityBlocks names of residual blocks that pass their input on, because published
 *     weights lack them
 * @param frozenStatistics whether batch normalisation keeps its running statistics in training, and
 *     normalises with them
 */
public record NetworkSpec(
    int classes,
    int inputSize,
    double dropout,
    double stochasticDepth,
    Attention attention,
    Head head,
    OptionalDouble batchNormEps,
    PaddingRule padding,
    Set<String> identityBlocks,
    boolean frozenStatistics) {
  /** The least height and width of an input in pixels: later stages see 1/32 of it. */
  public static final int SMALLEST_INPUT = 32;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public NetworkSpec {
    if (classes < 1) {
      throw new IllegalArgumentException("A network has at least one class, not " + classes);
    }
    if (inputSize < SMALLEST_INPUT) {
      throw new IllegalArgumentException(
          "The input is at least "
              + SMALLEST_INPUT
              + " pixels wide, not "
              + inputSize
              + ": later stages see 1/32 of it");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("Dropout lies between 0 and below 1, not at " + dropout);
    }
    if (!(stochasticDepth >= 0 && stochasticDepth < 1)) {
      throw new IllegalArgumentException(
          "Stochastic depth lies between 0 and below 1, not at " + stochasticDepth);
    }
    if (batchNormEps.isPresent() && !(batchNormEps.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "Batch norm's eps is above 0, not " + batchNormEps.getAsDouble());
    }
    identityBlocks = Set.copyOf(identityBlocks);
  }

  /** A network as in its table, without dropout. */
  public NetworkSpec(int classes, int inputSize) {
    this(
        classes,
        inputSize,
        0,
        0,
        Attention.OWN,
        Head.OWN,
        OptionalDouble.empty(),
        PaddingRule.OWN,
        Set.of(),
        false);
  }

  /** The same with this share of the pooled features dropped. */
  public NetworkSpec withDropout(double rate) {
    return new NetworkSpec(
        classes,
        inputSize,
        rate,
        stochasticDepth,
        attention,
        head,
        batchNormEps,
        padding,
        identityBlocks,
        frozenStatistics);
  }

  /** The same with residual branches left out at up to this rate. */
  public NetworkSpec withStochasticDepth(double rate) {
    return new NetworkSpec(
        classes,
        inputSize,
        dropout,
        rate,
        attention,
        head,
        batchNormEps,
        padding,
        identityBlocks,
        frozenStatistics);
  }

  /** The same with another attention in the residual blocks. */
  public NetworkSpec withAttention(Attention other) {
    return new NetworkSpec(
        classes,
        inputSize,
        dropout,
        stochasticDepth,
        other,
        head,
        batchNormEps,
        padding,
        identityBlocks,
        frozenStatistics);
  }

  /** The same with another head. */
  public NetworkSpec withHead(Head other) {
    return new NetworkSpec(
        classes,
        inputSize,
        dropout,
        stochasticDepth,
        attention,
        other,
        batchNormEps,
        padding,
        identityBlocks,
        frozenStatistics);
  }

  /** The same with batch normalisation that keeps its running statistics, or not. */
  public NetworkSpec withFrozenStatistics(boolean frozen) {
    return new NetworkSpec(
        classes,
        inputSize,
        dropout,
        stochasticDepth,
        attention,
        head,
        batchNormEps,
        padding,
        identityBlocks,
        frozen);
  }

  /** The same in the form that published weights were trained in. */
  public NetworkSpec withPublishedForm(
      OptionalDouble eps, PaddingRule rule, Set<String> identities) {
    return new NetworkSpec(
        classes,
        inputSize,
        dropout,
        stochasticDepth,
        attention,
        head,
        eps,
        rule,
        identities,
        frozenStatistics);
  }

  /**
   * For a network without residual blocks.
   *
   * @throws IllegalArgumentException if the spec asks for what only these have
   */
  void requirePlain(String network) {
    if (attention != Attention.OWN && attention != Attention.NONE) {
      throw new IllegalArgumentException(
          "%s has no residual blocks that attention %s could be put into: leave attention at own"
              .formatted(network, attention.key()));
    }
    if (stochasticDepth > 0) {
      throw new IllegalArgumentException(
          "%s has no residual blocks that stochastic depth %s could leave out: set it to 0"
              .formatted(network, stochasticDepth));
    }
  }

  /**
   * What all blocks have in common.
   *
   * @param ownEps of the network's table
   */
  Conventions conventions(double ownEps) {
    return new Conventions(
        batchNormEps.orElse(ownEps),
        padding == PaddingRule.OWN ? PaddingRule.SYMMETRIC : padding,
        identityBlocks,
        frozenStatistics);
  }
}
