package org.food4j.train.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * How batches' gradients become steps, and steps the weights that are kept.
 *
 * @param clipNorm what the L2 norm of all gradients together is scaled down to if it is above
 *     (Pascanu et al. 2013, arXiv 1211.5063, algorithm 1); 0 to never
 * @param accumulationSteps batches whose gradients a step averages, at least 1. Batch normalisation
 *     looks at each batch alone. An epoch's last step averages what is left
 * @param emaDecay share of the averaged weights that a step keeps (Polyak and Juditsky 1992; the
 *     exponential form of Tarvainen and Valpola 2017, arXiv 1703.01780), 0 (no average) to below 1.
 *     Validation, the best epoch's checkpoint and with it everything after training use the
 *     average. That of a stage which is released later starts at what the stage is by then
 */
public record Stepping(double clipNorm, int accumulationSteps, double emaDecay) {
  /** Steps of one batch each, with gradients and weights as they are. */
  public static final Stepping PLAIN = new Stepping(0, 1, 0);

  /** Whether gradients are clipped. */
  public boolean clips() {
    return clipNorm > 0;
  }

  /** Whether weights are averaged. */
  public boolean averages() {
    return emaDecay > 0;
  }

  /** What is wrong with the values; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Recipe.require(
        problems,
        clipNorm >= 0 && Double.isFinite(clipNorm),
        "clip_norm is above 0, or 0 for off, not " + clipNorm);
    Recipe.require(
        problems,
        accumulationSteps >= 1,
        "accumulation_steps is at least 1, not " + accumulationSteps);
    Recipe.require(
        problems,
        emaDecay >= 0 && emaDecay < 1,
        "ema_decay lies between 0 (off) and below 1, not at " + emaDecay);
    return problems;
  }
}
