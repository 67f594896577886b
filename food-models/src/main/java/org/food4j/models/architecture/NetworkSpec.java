package org.food4j.models.architecture;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.block.Attention;
import org.food4j.models.block.Conventions;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.kernel.Precision;

/**
 * What a network is built for, and where it departs from its table.
 *
 * @param classes number of logits, at least 1
 * @param inputSize height and width of the input in pixels, 32 to 8192
 * @param dropout share of the pooled features dropped before the classifier in training, 0 to below
 *     1
 * @param stochasticDepth towards which the chance rises, block by block, that training leaves a
 *     residual branch out for a photo, as {@link org.food4j.models.block.DropRates} says; 0 to
 *     below 1
 * @param attention in the residual blocks
 * @param head after the last feature maps
 * @param batchNormEps added to the variance, above 0; empty for the network's own
 * @param padding of convolutions and pooling
 * @param identityBlocks names of residual blocks that pass their input on, because published
 *     weights lack them
 * @param frozenStatistics whether batch normalisation keeps its running statistics in training, and
 *     normalises with them
 * @param trainingPrecision what training's convolutions multiply in; inference stays float32
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
    boolean frozenStatistics,
    Precision trainingPrecision) {
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
    if (inputSize > Preprocessing.MOST_SIDE) {
      throw new IllegalArgumentException(
          "The input is at most %s pixels wide, not %s"
              .formatted(Preprocessing.MOST_SIDE, inputSize));
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("Dropout lies between 0 and below 1, not at " + dropout);
    }
    if (!(stochasticDepth >= 0 && stochasticDepth < 1)) {
      throw new IllegalArgumentException(
          "Stochastic depth lies between 0 and below 1, not at " + stochasticDepth);
    }
    if (batchNormEps.isPresent()
        && !(batchNormEps.getAsDouble() > 0 && Double.isFinite(batchNormEps.getAsDouble()))) {
      throw new IllegalArgumentException(
          "Batch norm's eps is above 0, not " + batchNormEps.getAsDouble());
    }
    identityBlocks = Set.copyOf(identityBlocks);
    Objects.requireNonNull(trainingPrecision, "training precision");
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
        false,
        Precision.FLOAT32);
  }

  /** A draft with these values, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The same with this share of the pooled features dropped. */
  public NetworkSpec withDropout(double rate) {
    return toBuilder().dropout(rate).build();
  }

  /** Changes some values of a spec. Not thread-safe. */
  public static final class Builder {
    private final int classes;
    private final int inputSize;
    private double dropout;
    private double stochasticDepth;
    private Attention attention;
    private Head head;
    private OptionalDouble batchNormEps;
    private PaddingRule padding;
    private Set<String> identityBlocks;
    private boolean frozenStatistics;
    private Precision trainingPrecision;

    private Builder(NetworkSpec from) {
      classes = from.classes;
      inputSize = from.inputSize;
      dropout = from.dropout;
      stochasticDepth = from.stochasticDepth;
      attention = from.attention;
      head = from.head;
      batchNormEps = from.batchNormEps;
      padding = from.padding;
      identityBlocks = from.identityBlocks;
      frozenStatistics = from.frozenStatistics;
      trainingPrecision = from.trainingPrecision;
    }

    /** Share of the pooled features dropped before the classifier. */
    public Builder dropout(double rate) {
      dropout = rate;
      return this;
    }

    /** Rate towards which the chance of leaving a residual branch out rises. */
    public Builder stochasticDepth(double rate) {
      stochasticDepth = rate;
      return this;
    }

    /** Attention in the residual blocks. */
    public Builder attention(Attention choice) {
      attention = choice;
      return this;
    }

    /** What reads the last feature maps. */
    public Builder head(Head choice) {
      head = choice;
      return this;
    }

    /** Added to the variance by batch normalisation. */
    public Builder batchNormEps(double eps) {
      batchNormEps = OptionalDouble.of(eps);
      return this;
    }

    /** Padding of convolutions and pooling. */
    public Builder padding(PaddingRule rule) {
      padding = rule;
      return this;
    }

    /** Residual blocks that pass their input on. */
    public Builder identityBlocks(Set<String> names) {
      identityBlocks = names;
      return this;
    }

    /** Whether batch normalisation keeps its running statistics in training. */
    public Builder frozenStatistics(boolean frozen) {
      frozenStatistics = frozen;
      return this;
    }

    /** What training's convolutions multiply in. */
    public Builder trainingPrecision(Precision precision) {
      trainingPrecision = precision;
      return this;
    }

    /**
     * The spec.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public NetworkSpec build() {
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
          frozenStatistics,
          trainingPrecision);
    }
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
   * What all blocks of a network for this spec have in common; symmetric padding unless the spec
   * says otherwise.
   *
   * @param ownEps what batch normalisation adds to the variance unless the spec says otherwise;
   *     above 0, 1e-5 is usual
   */
  public Conventions conventions(double ownEps) {
    return new Conventions(
        batchNormEps.orElse(ownEps),
        padding == PaddingRule.OWN ? PaddingRule.SYMMETRIC : padding,
        identityBlocks,
        frozenStatistics,
        trainingPrecision);
  }
}
