package org.food4j.train.report;

import java.util.Locale;
import org.food4j.data.page.Section;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.PerClass;

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
            new Tile("Top-5", Unit.PERCENT.text(evaluation.top5()), "right among five answers"),
            new Tile(
                "Macro F1",
                Unit.PERCENT.text(PerClass.macroF1(PerClass.of(evaluation))),
                "mean over classes"),
            new Tile("Loss", Unit.NUMBER.text(evaluation.loss()), "cross-entropy in nats"),
            new Tile(
                "Photos",
                Unit.COUNT.text(evaluation.photos()),
                "of the %s split".formatted(evaluation.split()))));
  }

  /** Top-1 with its interval and what chance would give, also for a page's summary. */
  public static Tile top1Tile(Evaluation evaluation) {
    Interval interval = evaluation.top1Interval();
    String detail =
        String.format(
            Locale.ROOT,
            "95\u00a0%% interval %.0f to %.0f\u00a0%%, chance %s",
            interval.low() * 100,
            interval.high() * 100,
            Unit.PERCENT.text(1.0 / evaluation.labels().size()));
    String split = evaluation.split();
    String name = split.substring(0, 1).toUpperCase(Locale.ROOT) + split.substring(1) + " top-1";
    return new Tile(name, Unit.PERCENT.text(evaluation.top1()), detail);
  }
}
