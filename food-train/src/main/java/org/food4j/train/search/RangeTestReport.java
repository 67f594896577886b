package org.food4j.train.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.LineChart;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;

/** The page of a range test: suggestions, curve, recipe. */
public final class RangeTestReport {
  private RangeTestReport() {}

  /** The page. */
  public static HtmlPage page(Recipe recipe, RangeTest test) {
    return new HtmlPage(
        "Learning rate of " + recipe.model(),
        String.format(
            Locale.ROOT,
            "%s, batches of %d at %d px",
            recipe.optimization().optimizer().name().toLowerCase(Locale.ROOT),
            recipe.batchSize(),
            recipe.inputSize()),
        List.of(
            section(test),
            Section.ofFacts(
                "recipe",
                "Recipe",
                "Every setting of the test, as resolved; its learning rate, schedule and epochs play"
                    + " no part.",
                "Setting",
                RecipeFile.describe(recipe))));
  }

  private static Section section(RangeTest test) {
    List<Tile> tiles = new ArrayList<>();
    List<LineChart.Mark> marks = new ArrayList<>();
    for (RangeTest.Rule rule : RangeTest.Rule.values()) {
      double rate = test.suggestion(rule);
      String name = name(rule);
      tiles.add(
          new Tile(
              name, rate(rate), rule == RangeTest.RECOMMENDED ? "recommended" : "for comparison"));
      if (rule == RangeTest.RECOMMENDED) {
        marks.add(
            new LineChart.Mark(
                Math.log10(rate), "%s: %s".formatted(name.toLowerCase(Locale.ROOT), rate(rate))));
      }
    }
    double bound = 1.25 * test.points().get(0).smoothedLoss();
    Markup charts =
        Markup.block(
            "cards",
            new LineChart(
                    "Smoothed loss",
                    "Learning rate",
                    Unit.POWER_OF_TEN,
                    Unit.NUMBER,
                    List.of(curve("Smoothed loss", test, RangeTest.Point::smoothedLoss, bound)),
                    marks)
                .markup(),
            new LineChart(
                    "Loss of each batch",
                    "Learning rate",
                    Unit.POWER_OF_TEN,
                    Unit.NUMBER,
                    List.of(curve("Loss", test, RangeTest.Point::loss, 2 * bound)),
                    marks)
                .markup());
    return Section.of(
        "rates",
        "Range test",
        Tile.grid(tiles),
        charts,
        Markup.paragraph(
                "The learning rate grows from step to step (Smith 2017, arXiv 1506.01186). Valley"
                    + " is the middle of the longest descent, steep the rate where the loss falls"
                    + " fastest, minimum a tenth of the rate with the lowest loss. "
                    + (test.diverged()
                        ? "The test ended where the loss left its minimum far behind; the curves leave that part out."
                        : "The loss did not break down up to the highest rate: a higher one could be tried."))
            .with("class", "note"));
  }

  private static String name(RangeTest.Rule rule) {
    return switch (rule) {
      case VALLEY -> "Valley";
      case STEEP -> "Steepest descent";
      case MINIMUM -> "Minimum / 10";
    };
  }

  /** A learning rate as a recipe would have it, to two digits. */
  static String rate(double rate) {
    return String.format(Locale.ROOT, "%.1e", rate)
        .replaceFirst("e([-+])0?", "e$1")
        .replace("+", "");
  }

  /** The loss explodes at the end; drawn whole, it would flatten all else. */
  private static LineChart.Series curve(
      String name, RangeTest test, ToDoubleFunction<RangeTest.Point> loss, double bound) {
    return new LineChart.Series(
        name,
        test.points().stream()
            .filter(point -> loss.applyAsDouble(point) <= bound)
            .map(
                point ->
                    new LineChart.Point(
                        Math.log10(point.learningRate()), loss.applyAsDouble(point)))
            .toList());
  }
}
