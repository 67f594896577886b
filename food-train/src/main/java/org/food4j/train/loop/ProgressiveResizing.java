package org.food4j.train.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.layer.Flatten2d;
import org.food4j.train.recipe.Recipe;

/** Training photos that grow from epoch to epoch, as a recipe says. */
final class ProgressiveResizing {
  private ProgressiveResizing() {}

  /**
   * Checks that one graph takes photos of several sizes, if the recipe has them.
   *
   * @throws IllegalArgumentException if it does not, because its head reads maps of one size
   */
  static void requireAnySize(Recipe recipe, Architecture architecture, NetworkSpec spec) {
    if (recipe.curriculum().resizes() && readsMapsOfOneSize(architecture, spec)) {
      throw new IllegalArgumentException(
          "The head of %s takes photos of %s px alone, not of first_input_size %s: set that to 0, or head to linear"
              .formatted(
                  architecture.name(), spec.inputSize(), recipe.curriculum().firstInputSize()));
    }
  }

  /** All layers take maps of any size, but for what stands behind a flattened map. */
  private static boolean readsMapsOfOneSize(Architecture architecture, NetworkSpec spec) {
    return architecture
        .configure(new NeuralNetConfiguration.Builder(), spec)
        .setOutputs(architecture.logits())
        .build()
        .getVertices()
        .values()
        .stream()
        .anyMatch(
            vertex ->
                vertex instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof Flatten2d);
  }

  /** Which epochs see photos of which size; empty if all see the same. */
  static Optional<String> remark(Recipe recipe) {
    if (!recipe.curriculum().resizes()) {
      return Optional.empty();
    }
    List<String> sizes = new ArrayList<>();
    for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
      if (changes(recipe, epoch)) {
        sizes.add("%s px from epoch %s".formatted(recipe.trainingSize(epoch + 1), epoch + 1));
      }
    }
    return Optional.of(
        "training photos grow: %s; validation always sees %s px"
            .formatted(String.join(", ", sizes), recipe.inputSize()));
  }

  /**
   * What an epoch changes in the photos; empty if nothing.
   *
   * @param epoch from 0
   */
  static Optional<String> change(Recipe recipe, int epoch) {
    return recipe.curriculum().resizes() && changes(recipe, epoch)
        ? Optional.of("training photos of %s px".formatted(recipe.trainingSize(epoch + 1)))
        : Optional.empty();
  }

  private static boolean changes(Recipe recipe, int epoch) {
    return epoch == 0 || recipe.trainingSize(epoch + 1) != recipe.trainingSize(epoch);
  }
}
