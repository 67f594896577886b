package org.food4j.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.food4j.data.page.LineChart;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.RiskCoverage;

/** What the network gains by saying "none of these": accuracy against coverage. */
public final class CoverageSection {
  /** Of a curve with a point per photo, as many as can be told apart. */
  private static final int MOST_POINTS = 80;

  private static final int ROWS = 10;

  private final Evaluation evaluation;
  private final RiskCoverage curve;

  private CoverageSection(Evaluation evaluation) {
    this.evaluation = evaluation;
    curve = RiskCoverage.of(evaluation);
  }

  /** The section with the id {@code coverage}. */
  public static Section of(Evaluation evaluation) {
    return new CoverageSection(evaluation).section();
  }

  private Section section() {
    return Section.of(
        "coverage",
        "None of these",
        Tile.grid(tiles()),
        Markup.block("cards", chart().markup(), table()),
        Markup.paragraph(
                "Photos by falling probability of their answer: the surer the network has to be,"
                    + " the fewer photos it answers, and the more of those rightly. Coverage is the"
                    + " share that it answers. Below the threshold it says \"none of these\".")
            .with("class", "note"));
  }

  private List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(
        new Tile(
            "Risk-coverage area",
            Unit.NUMBER.text(curve.area()),
            "under the curve; lower is better"));
    OptionalDouble threshold = evaluation.settings().threshold();
    tiles.add(
        new Tile(
            "Threshold",
            threshold.isPresent() ? Unit.PERCENT.text(threshold.getAsDouble()) : "none",
            threshold.isPresent() ? "below it: none of these" : "there is always an answer"));
    if (threshold.isPresent()) {
      tiles.addAll(accepted());
    }
    return tiles;
  }

  private List<Tile> accepted() {
    Optional<RiskCoverage.Point> accepted = evaluation.accepted();
    if (accepted.isEmpty()) {
      return List.of(new Tile("Answered", Unit.PERCENT.text(0), "no photo reaches it"));
    }
    RiskCoverage.Point point = accepted.get();
    return List.of(
        new Tile(
            "Answered",
            Unit.PERCENT.text(point.coverage()),
            "%d of %d photos".formatted(point.accepted(), point.photos())),
        new Tile("Right among them", Unit.PERCENT.text(point.accuracy()), interval(point)));
  }

  private static String interval(RiskCoverage.Point point) {
    return String.format(
        Locale.ROOT,
        "95\u00a0%% interval %.0f to %.0f\u00a0%%",
        100 * point.accuracyInterval().low(),
        100 * point.accuracyInterval().high());
  }

  private LineChart chart() {
    List<RiskCoverage.Point> shown = evenly(MOST_POINTS);
    List<LineChart.Mark> marks =
        evaluation
            .accepted()
            .map(
                point ->
                    new LineChart.Mark(
                        point.coverage(),
                        "threshold "
                            + Unit.PERCENT.text(evaluation.settings().threshold().orElse(0))))
            .stream()
            .toList();
    return new LineChart(
        "Accuracy of the answered photos",
        "Coverage",
        Unit.PERCENT,
        Unit.PERCENT,
        List.of(
            series("Accuracy", shown, RiskCoverage.Point::accuracy),
            series("Lower end of its 95\u00a0% interval", shown, p -> p.accuracyInterval().low())),
        marks);
  }

  private static LineChart.Series series(
      String name, List<RiskCoverage.Point> points, ToDoubleFunction<RiskCoverage.Point> value) {
    return new LineChart.Series(
        name,
        points.stream()
            .map(point -> new LineChart.Point(point.coverage(), value.applyAsDouble(point)))
            .toList());
  }

  /** The points nearest above each of so many even steps of coverage; the last one always. */
  private List<RiskCoverage.Point> evenly(int steps) {
    List<RiskCoverage.Point> picked = new ArrayList<>();
    int step = 1;
    for (RiskCoverage.Point point : curve.points()) {
      if (point.coverage() >= (double) step / steps - 1e-12) {
        picked.add(point);
        step = (int) Math.floor(point.coverage() * steps + 1e-9) + 1;
      }
    }
    return picked;
  }

  private Markup table() {
    Table table =
        new Table("What a threshold does")
            .text("Threshold")
            .number("Coverage")
            .number("Answered")
            .number("Accuracy")
            .number("95\u00a0% interval");
    for (RiskCoverage.Point point : evenly(ROWS)) {
      table.row(
          Unit.PERCENT.text(point.probability()),
          Unit.PERCENT.text(point.coverage()),
          Unit.COUNT.text(point.accepted()),
          Unit.PERCENT.text(point.accuracy()),
          String.format(
              Locale.ROOT,
              "%.0f to %.0f\u00a0%%",
              100 * point.accuracyInterval().low(),
              100 * point.accuracyInterval().high()));
    }
    return table.markup();
  }
}
