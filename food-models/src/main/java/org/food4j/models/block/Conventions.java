package org.food4j.models.block;

import java.util.Set;
import org.food4j.models.kernel.Precision;

/**
 * What all blocks of a network have in common.
 *
 * @param batchNormEps added to the variance, above 0: 1e-5 in most published networks, 1e-3 in
 *     those that come from TensorFlow
 * @param padding of convolutions and of pooling; not {@link PaddingRule#OWN}
 * @param identityBlocks names of residual blocks that pass their input on, because published
 *     weights lack them
 * @param frozenStatistics whether batch normalisation keeps its running statistics in training
 * @param trainingPrecision what training's convolutions multiply in
 */
public record Conventions(
    double batchNormEps,
    PaddingRule padding,
    Set<String> identityBlocks,
    boolean frozenStatistics,
    Precision trainingPrecision) {
  /** Copies the set; checks the rest. */
  public Conventions {
    identityBlocks = Set.copyOf(identityBlocks);
    if (padding == PaddingRule.OWN) {
      throw new IllegalArgumentException("The network's own padding is not resolved");
    }
  }
}
