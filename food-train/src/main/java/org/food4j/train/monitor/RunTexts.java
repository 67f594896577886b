package org.food4j.train.monitor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PerClass;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;

/** What TensorBoard shows of a run as words: Markdown tables, and the table of settings. */
final class RunTexts {
  private static final String NUMBER = "[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?";

  private RunTexts() {}

  static String recipe(Recipe recipe) {
    return "| key | value |\n|---|---|\n"
        + RecipeFile.describe(recipe).entrySet().stream()
            .map(entry -> "| %s | %s |".formatted(cell(entry.getKey()), cell(entry.getValue())))
            .collect(Collectors.joining("\n"));
  }

  /** The recipe's values: numbers as {@link Double}, the rest as {@link Boolean} and text. */
  static Map<String, Object> hyperparameters(Recipe recipe) {
    Map<String, Object> values = new LinkedHashMap<>();
    RecipeFile.describe(recipe).forEach((key, value) -> values.put(key, typed(value)));
    return values;
  }

  private static Object typed(String value) {
    if (value.matches(NUMBER)) {
      return Double.valueOf(value);
    }
    return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
  }

  /** The classes in the order of the matrix, with what became of their photos. */
  static String classes(Evaluation evaluation) {
    return "Rows of the matrix: what the photo shows. Columns: the answer.\n\n"
        + "| number | class | photos | recognised |\n|---|---|---|---|\n"
        + PerClass.of(evaluation).stream().map(RunTexts::row).collect(Collectors.joining("\n"));
  }

  private static String row(PerClass each) {
    return String.format(
        Locale.ROOT,
        "| %d | %s | %d | %d |",
        each.label().index() + 1,
        cell(each.label().displayName()),
        each.photos(),
        each.correct());
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|");
  }
}
