package org.food4j.train.recipe;

import java.util.ArrayList;
import java.util.List;
import org.food4j.models.block.Wiring;

/**
 * What a training takes over from an earlier one.
 *
 * @param weights a {@code .safetensors} or {@code .h5} file, or the name of public weights; {@value
 *     #NONE} to start from random ones
 * @param allowMissing whether parameters that the file lacks keep their random values
 * @param freeze {@value #NONE}, {@value Wiring#BACKBONE}, or the last stage that is not trained;
 *     its output is computed once per photo and view, and the rest trains on that
 * @param featureViews how often each photo is seen by the frozen part: once as it is, the other
 *     times augmented; at least 1
 * @param frozenStatistics whether batch normalisation keeps the statistics of the weights in the
 *     stages that are trained
 * @param stageLearningRateDecay learning rate of a stage as a share of the next one's (Howard and
 *     Ruder 2018, arXiv 1801.06146, section 3.2), above 0 and up to 1; the head has the recipe's
 */
public record Transfer(
    String weights,
    boolean allowMissing,
    String freeze,
    int featureViews,
    boolean frozenStatistics,
    double stageLearningRateDecay) {
  /** Stands for no weights, and for no frozen stage. */
  public static final String NONE = "none";

  /** Whether the training starts from weights. */
  public boolean hasWeights() {
    return !weights.equalsIgnoreCase(NONE);
  }

  /** Whether a part of the network is not trained. */
  public boolean freezes() {
    return !freeze.equalsIgnoreCase(NONE);
  }

  /** What is wrong with the values; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    boolean given = weights != null && !weights.isBlank();
    Recipe.require(problems, given, "weights is a file, a name, or " + NONE);
    Recipe.require(
        problems,
        freeze != null && !freeze.isBlank(),
        "freeze is %s, %s or a stage".formatted(NONE, Wiring.BACKBONE));
    Recipe.require(
        problems,
        !given || freeze == null || hasWeights() || !freezes(),
        "freeze %s without weights would keep random values: name weights".formatted(freeze));
    Recipe.require(
        problems,
        !given || hasWeights() || !frozenStatistics,
        "frozen_statistics without weights would keep those of no training: name weights");
    Recipe.require(
        problems,
        !given || hasWeights() || !allowMissing,
        "allow_missing without weights allows nothing: name weights");
    Recipe.require(problems, featureViews >= 1, "feature_views is at least 1, not " + featureViews);
    Recipe.require(
        problems,
        featureViews <= 1 || freeze == null || freezes(),
        "feature_views %s without freeze has no effect: set freeze".formatted(featureViews));
    Recipe.require(
        problems,
        stageLearningRateDecay > 0 && stageLearningRateDecay <= 1,
        "stage_learning_rate_decay lies above 0 and up to 1, not at " + stageLearningRateDecay);
    return problems;
  }
}
