package org.food4j.train.search;

import java.io.IOException;
import java.util.List;
import org.food4j.train.recipe.Recipe;

/** Makes a trial's recipe. */
@FunctionalInterface
public interface RecipeSource {
  /**
   * The recipe with settings over it.
   *
   * @param settings {@code key=value}, later ones over earlier ones
   * @throws IllegalArgumentException if one is unknown or out of range
   * @throws IOException if a file cannot be read
   */
  Recipe recipe(List<String> settings) throws IOException;
}
