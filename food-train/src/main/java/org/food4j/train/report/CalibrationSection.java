package org.food4j.train.report;

import java.util.List;
import java.util.Locale;
import org.food4j.data.page.LineChart;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.Calibration;
import org.food4j.train.evaluate.Evaluation;

/** Whether the network is right as often as it says: the reliability diagram. */
public final class CalibrationSection {
  private CalibrationSection() {}

  /** The section with the id {@code calibration}. */
  public static Section of(Evaluation evaluation) {
    Calibration calibration = Calibration.of(evaluation);
    List<Calibration.Bin> filled =
        calibration.bins().stream().filter(bin -> bin.photos() > 0).toList();
    return Section.of(
        "calibration",
        "Calibration",
        Tile.grid(
            new Tile(
                "Calibration error",
                Unit.PERCENT.text(calibration.expectedError()),
                String.format(Locale.ROOT, "expected, %d bins", Calibration.BINS)),
            new Tile(
                "Mean confidence",
                Unit.PERCENT.text(calibration.meanConfidence()),
                "top-1 is " + Unit.PERCENT.text(evaluation.top1())),
            new Tile(
                "Temperature",
                Unit.NUMBER.text(evaluation.settings().temperature()),
                evaluation.settings().temperature() == 1
                    ? "not calibrated"
                    : "logits divided by it")),
        Markup.block("cards", diagram(filled).markup(), table(filled)),
        Markup.paragraph(
                "Answers by the probability that the network gave them. Where the curve runs below"
                    + " the diagonal, it is surer than it should be. A few photos in a bin say"
                    + " little.")
            .with("class", "note"));
  }

  private static LineChart diagram(List<Calibration.Bin> filled) {
    List<LineChart.Point> accuracy =
        filled.stream().map(bin -> new LineChart.Point(bin.confidence(), bin.accuracy())).toList();
    return new LineChart(
        "Reliability",
        "Confidence",
        Unit.PERCENT,
        Unit.PERCENT,
        List.of(
            new LineChart.Series("Accuracy", accuracy),
            new LineChart.Series(
                "Perfect", List.of(new LineChart.Point(0, 0), new LineChart.Point(1, 1)))),
        List.of());
  }

  private static Markup table(List<Calibration.Bin> filled) {
    Table table =
        new Table("Answers by confidence")
            .text("Range")
            .number("Photos")
            .number("Mean confidence")
            .number("Accuracy");
    for (Calibration.Bin bin : filled) {
      table.row(
          Unit.PERCENT.text(bin.low()) + " to " + Unit.PERCENT.text(bin.high()),
          Unit.COUNT.text(bin.photos()),
          Unit.PERCENT.text(bin.confidence()),
          Unit.PERCENT.text(bin.accuracy()));
    }
    return table.markup();
  }
}
