package org.food4j.train.recipe;

import java.util.ArrayList;
import java.util.List;
import org.food4j.models.architecture.Head;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Attention;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.kernel.Precision;

/**
 * Where a network departs from its table, and in which numbers it is trained. {@code own} stands
 * for the table's value, or for what the weights that are loaded were trained with.
 *
 * @param attention in the residual blocks
 * @param head after the last feature maps
 * @param dropout share of the pooled features dropped before the classifier, 0 to below 1
 * @param stochasticDepth towards which the chance rises, block by block, that a training step
 *     leaves a residual branch out for a photo; 0 to below 1
 * @param padding of convolutions and pooling
 * @param batchNormEps added to the variance; 0 for the network's own
 * @param precision what training's convolutions multiply in; the trained network is a float32 one
 *     in either
 */
public record NetworkOptions(
    Attention attention,
    Head head,
    double dropout,
    double stochasticDepth,
    PaddingRule padding,
    double batchNormEps,
    Precision precision) {
  /** What is wrong with the values; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Recipe.requireGiven(problems, "attention", attention, Attention.values());
    Recipe.requireGiven(problems, "head", head, Head.values());
    Recipe.requireGiven(problems, "padding", padding, PaddingRule.values());
    Recipe.require(
        problems,
        dropout >= 0 && dropout < 1,
        "dropout lies between 0 and below 1, not at " + dropout);
    Recipe.require(
        problems,
        stochasticDepth >= 0 && stochasticDepth < 1,
        "stochastic_depth lies between 0 and below 1, not at " + stochasticDepth);
    Recipe.require(
        problems,
        batchNormEps >= 0 && batchNormEps < 1,
        "batch_norm_eps lies between 0 (the network's own) and below 1, not at " + batchNormEps);
    Recipe.requireGiven(problems, "precision", precision, Precision.values());
    return problems;
  }

  /** The network to be built. */
  NetworkSpec spec(int classes, int inputSize) {
    NetworkSpec.Builder spec =
        new NetworkSpec(classes, inputSize)
            .toBuilder()
                .dropout(dropout)
                .stochasticDepth(stochasticDepth)
                .attention(attention)
                .head(head)
                .padding(padding)
                .trainingPrecision(precision);
    if (batchNormEps > 0) {
      spec.batchNormEps(batchNormEps);
    }
    return spec.build();
  }
}
