package org.food4j.train.search;

import java.util.ArrayList;
import java.util.List;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.ScheduleKind;

/**
 * A recipe for fewer epochs than it has, in which everything comes at the same share of the
 * training: the end of the warm-up, the steps and milestones of the learning rate, the release of
 * stages. What a recipe gives as a share or a count, {@code resize_share} and {@code restarts}, is
 * as it was; so is {@code early_stopping_patience}, which is about the noise from epoch to epoch.
 */
final class ShortenedRecipe {
  private final Recipe recipe;
  private final int epochs;

  /**
   * @param epochs at least 1, below the recipe's
   */
  ShortenedRecipe(Recipe recipe, int epochs) {
    this.recipe = recipe;
    this.epochs = epochs;
  }

  /**
   * The settings that make it of the recipe, {@code key=value}.
   *
   * @throws IllegalArgumentException if the epochs are too few for photos to grow in, or for stages
   *     to be released one after the other
   */
  List<String> settings() {
    List<String> settings = new ArrayList<>();
    settings.add("epochs=" + epochs);
    settings.add("warm_up_epochs=" + shortened(recipe.warmUpEpochs()));
    ScheduleKind schedule = recipe.annealing().schedule();
    if (schedule == ScheduleKind.STEP) {
      settings.add("step_epochs=" + shortened(recipe.annealing().stepEpochs()));
    }
    if (schedule == ScheduleKind.MULTI_STEP) {
      List<Double> milestones = recipe.annealing().milestones();
      settings.add("milestones=" + milestones.stream().map(this::shortened).toList());
    }
    if (recipe.curriculum().resizes() && epochs == 1) {
      throw tooShort("first_input_size leaves none at input_size");
    }
    List<Integer> releases = recipe.curriculum().unfreezeEpochs();
    if (!releases.isEmpty()) {
      settings.add("unfreeze_epochs=" + shortened(releases));
    }
    return settings;
  }

  private double shortened(double after) {
    return after * epochs / recipe.epochs();
  }

  private List<Integer> shortened(List<Integer> releases) {
    List<Integer> rounded =
        releases.stream().map(epoch -> (int) Math.round(shortened(epoch))).toList();
    int last = 0;
    for (int epoch : rounded) {
      if (epoch <= last || epoch >= epochs) {
        throw tooShort("unfreeze_epochs %s come to %s".formatted(releases, rounded));
      }
      last = epoch;
    }
    return rounded;
  }

  private IllegalArgumentException tooShort(String why) {
    return new IllegalArgumentException(
        "A rung of %s epochs is too short for a recipe of %s: %s. Give the first rung more epochs, or train all combinations in full"
            .formatted(epochs, recipe.epochs(), why));
  }
}
