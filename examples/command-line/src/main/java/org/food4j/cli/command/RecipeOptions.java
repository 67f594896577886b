package org.food4j.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.food4j.train.recipe.RecipeFile;
import picocli.CommandLine.Option;

/** How a network is trained. */
final class RecipeOptions {
  @Option(
      names = "--recipe",
      paramLabel = "FILE|NAME",
      description =
          "scratch, quickstart, head, late, fine_tune, baseline, or a YAML file (default: scratch; with"
              + " weights fine_tune, head if the backbone is frozen, late if stages are).")
  private String recipe;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "A value of the recipe, over the file's; may be given again.")
  private List<String> settings = new ArrayList<>();

  String recipe(String otherwise) {
    return recipe == null ? otherwise : recipe;
  }

  /** Whether the command line names a recipe. */
  boolean hasRecipe() {
    return recipe != null;
  }

  /** Whether the command line says anything of it. */
  boolean isGiven() {
    return recipe != null || !settings.isEmpty();
  }

  /** Whether the command line, or a recipe of the user's own that it names, has a key. */
  boolean chooses(String key) throws IOException {
    return RecipeFile.chooses(recipe(RecipeFile.DEFAULT), settings, key);
  }

  List<String> settings() {
    return List.copyOf(settings);
  }
}
