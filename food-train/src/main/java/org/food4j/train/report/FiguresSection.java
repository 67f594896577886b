package org.food4j.train.report;

import java.util.Locale;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.ClassAverage;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;

/** How well the network recognises photos that it has not seen. */
public final class FiguresSection {
  private FiguresSection() {}

  /** The section with the id {@code figures}. */
  public static Section of(Evaluation evaluation) {
    return Section.of(
        "figures",
        "Accuracy",
        Tile.grid(
            top1Tile(evaluation),
            new Tile(
                "Top-5", Unit.PERCENT.text(evaluation.top5()), interval(evaluation.top5Interval())),
            new Tile(
                "Macro F1",
                Unit.PERCENT.text(evaluation.macro().f1()),
                interval(evaluation.macroF1Interval())),
            new Tile("Loss", Unit.NUMBER.text(evaluation.loss()), "cross-entropy in nats"),
            new Tile(
                "Photos",
                Unit.COUNT.text(evaluation.photos()),
                "of the %s split".formatted(evaluation.split()))),
        averages(evaluation));
  }

  private static Markup averages(Evaluation evaluation) {
    Table table =
        new Table("Averages over classes")
            .text("Average over classes")
            .number("Precision")
            .number("Recall")
            .number("F1");
    row(table, "Macro: each class alike", evaluation.macro());
    row(table, "Weighted: each class by its photos", evaluation.weighted());
    return table.markup();
  }

  private static void row(Table table, String name, ClassAverage average) {
    table.row(
        name,
        Unit.PERCENT.text(average.precision()),
        Unit.PERCENT.text(average.recall()),
        Unit.PERCENT.text(average.f1()));
  }

  private static String interval(Interval interval) {
    return String.format(
        Locale.ROOT,
        "95\u00a0%% interval %.0f to %.0f\u00a0%%",
        interval.low() * 100,
        interval.high() * 100);
  }

  /** Top-1 with its interval and what chance would give, also for a page's summary. */
  public static Tile top1Tile(Evaluation evaluation) {
    String detail =
        interval(evaluation.top1Interval())
            + ", chance "
            + Unit.PERCENT.text(1.0 / evaluation.labels().size());
    String split = evaluation.split();
    String name = split.substring(0, 1).toUpperCase(Locale.ROOT) + split.substring(1) + " top-1";
    return new Tile(name, Unit.PERCENT.text(evaluation.top1()), detail);
  }
}
