package org.food4j.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.food4j.data.page.LineChart;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.train.loop.EpochMetrics;

/** How training went: loss, top-1 and learning rate over the epochs. */
public final class CurvesSection {
  private final List<EpochMetrics> epochs;
  private final List<LineChart.Mark> marks;

  private CurvesSection(List<EpochMetrics> epochs) {
    this.epochs = epochs;
    this.marks =
        best(epochs).stream()
            .map(e -> new LineChart.Mark(e.epoch(), "best epoch: " + e.epoch()))
            .toList();
  }

  /**
   * The section with the id {@code training}. Values that are no finite number are left out of the
   * curves, and a sentence says so.
   *
   * @param epochs at least one, in order
   */
  public static Section of(List<EpochMetrics> epochs) {
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("There is no epoch to draw: training has not begun");
    }
    return new CurvesSection(List.copyOf(epochs)).section();
  }

  private Section section() {
    List<Markup> content = new ArrayList<>();
    content.add(Tile.grid(tiles()));
    List<LineChart.Series> losses = new ArrayList<>();
    losses.addAll(curve("Validation", EpochMetrics::validationLoss));
    losses.addAll(curve("Training", EpochMetrics::trainLoss));
    List<Markup> charts = new ArrayList<>();
    addChart(charts, "Loss", Unit.NUMBER, losses);
    addChart(
        charts,
        "Validation top-1",
        Unit.PERCENT,
        curve("Validation top-1", EpochMetrics::validationTop1));
    addChart(
        charts, "Learning rate", Unit.NUMBER, curve("Learning rate", EpochMetrics::learningRate));
    content.add(Markup.block("cards", charts.toArray(Markup[]::new)));
    List<Integer> broken =
        epochs.stream()
            .filter(e -> !Double.isFinite(e.trainLoss()) || !Double.isFinite(e.validationLoss()))
            .map(EpochMetrics::epoch)
            .toList();
    if (!broken.isEmpty()) {
      content.add(
          Markup.paragraph("A loss was not a finite number, and is not drawn, in epochs " + broken)
              .with("class", "note"));
    }
    content.add(
        Markup.paragraph(
                "The training loss includes augmentation, label smoothing and whatever mixing of"
                    + " photos the recipe asks for, and is no lower bound of the validation loss. Point at a dot for its value.")
            .with("class", "note"));
    return new Section("training", "Training", content);
  }

  private List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    double seconds = epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
    tiles.add(
        new Tile("Epochs", Unit.COUNT.text(epochs.size()), "in " + duration(Math.round(seconds))));
    best(epochs)
        .ifPresent(
            e ->
                tiles.add(
                    new Tile(
                        "Best validation top-1",
                        Unit.PERCENT.text(e.validationTop1()),
                        "in epoch " + e.epoch())));
    EpochMetrics last = epochs.get(epochs.size() - 1);
    tiles.add(
        new Tile("Speed", Unit.NUMBER.text(last.photosPerSecond()), "training photos per second"));
    return tiles;
  }

  private static java.util.Optional<EpochMetrics> best(List<EpochMetrics> epochs) {
    return epochs.stream()
        .filter(e -> Double.isFinite(e.validationTop1()))
        .reduce((best, next) -> next.isBetterThan(best) ? next : best);
  }

  private static String duration(long seconds) {
    return seconds < 60
        ? seconds + "\u00a0s"
        : String.format(Locale.ROOT, "%d:%02d minutes", seconds / 60, seconds % 60);
  }

  private List<LineChart.Series> curve(String name, ToDoubleFunction<EpochMetrics> value) {
    List<LineChart.Point> points =
        epochs.stream()
            .filter(e -> Double.isFinite(value.applyAsDouble(e)))
            .map(e -> new LineChart.Point(e.epoch(), value.applyAsDouble(e)))
            .toList();
    return points.isEmpty() ? List.of() : List.of(new LineChart.Series(name, points));
  }

  private void addChart(
      List<Markup> charts, String title, Unit unit, List<LineChart.Series> series) {
    if (!series.isEmpty()) {
      charts.add(new LineChart(title, "Epoch", unit, series, marks).markup());
    }
  }
}
