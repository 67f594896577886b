package org.food4j.models.layer;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.food4j.models.layer.ParameterSlot.Role;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The settings of batch normalisation. Immutable.
 *
 * <p>A class, since DL4J's JSON does not know records.
 */
public final class Normalization implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String GAMMA = "gamma";
  static final String BETA = "beta";
  static final String MEAN = "mean";
  static final String VARIANCE = "var";

  @JsonProperty private final double eps;
  @JsonProperty private final double momentum;
  @JsonProperty private final String module;
  @JsonProperty private final boolean frozenStatistics;

  /**
   * Settings with statistics of the batch in training.
   *
   * @param eps added to the variance, above 0
   * @param momentum share of a batch's statistics in the running ones, as PyTorch counts it: 0.1,
   *     where Keras and DL4J say 0.9
   * @param module the name under which published weights hold scale, shift and statistics, if it is
   *     not the layer's own; else null
   * @throws IllegalArgumentException if a number is outside its range
   */
  public Normalization(double eps, double momentum, String module) {
    this(eps, momentum, module, false);
  }

  /** Files written before there was the last setting do not name it: it is false then. */
  @JsonCreator
  private Normalization(
      @JsonProperty("eps") double eps,
      @JsonProperty("momentum") double momentum,
      @JsonProperty("module") String module,
      @JsonProperty("frozenStatistics") boolean frozenStatistics) {
    if (!(eps > 0) || !(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "Eps is above 0 and momentum lies above 0 and up to 1, not at %s and %s"
              .formatted(eps, momentum));
    }
    this.eps = eps;
    this.momentum = momentum;
    this.module = module;
    this.frozenStatistics = frozenStatistics;
  }

  /**
   * The same settings with frozen statistics: training too normalises with the running ones, which
   * stay as they are and count as constants in the backward pass; scale and shift still learn. For
   * fine-tuning on batches that are too small, or too unlike the first training's, to be measured.
   */
  public Normalization withFrozenStatistics() {
    return new Normalization(eps, momentum, module, true);
  }

  /** Added to the variance. */
  public double eps() {
    return eps;
  }

  /** Share of a batch's statistics in the running ones. */
  public double momentum() {
    return momentum;
  }

  /** The name under which published weights hold its parameters, or null for the layer's own. */
  public String module() {
    return module;
  }

  /** Whether training leaves the running statistics as they are, and normalises with them. */
  public boolean hasFrozenStatistics() {
    return frozenStatistics;
  }

  static List<ParameterSlot> slots(long channels) {
    return List.of(
        new ParameterSlot(GAMMA, Role.SCALE, channels),
        new ParameterSlot(BETA, Role.SHIFT, channels),
        new ParameterSlot(MEAN, Role.MEAN, channels),
        new ParameterSlot(VARIANCE, Role.VARIANCE, channels));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && eps == that.eps
        && momentum == that.momentum
        && Objects.equals(module, that.module)
        && frozenStatistics == that.frozenStatistics;
  }

  @Override
  public int hashCode() {
    return Objects.hash(eps, momentum, module, frozenStatistics);
  }

  @Override
  public String toString() {
    return "Normalization(eps=%s, momentum=%s, module=%s, frozenStatistics=%s)"
        .formatted(eps, momentum, module, frozenStatistics);
  }
}
