package org.food4j.train.report;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.ShareBar;
import org.food4j.data.page.Table;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PerClass;

/** Precision, recall, F1 and counts of each class, the weakest class first. */
public final class PerClassSection {
  private PerClassSection() {}

  /** The section with the id {@code classes}. */
  public static Section of(Evaluation evaluation) {
    Table table =
        new Table("Figures per class, the weakest first")
            .text("Class")
            .bar("F1")
            .number("F1")
            .number("Precision")
            .number("Recall")
            .number("Photos")
            .number("TP")
            .number("FP")
            .number("FN");
    List<PerClass> weakestFirst =
        PerClass.of(evaluation).stream()
            .sorted(Comparator.comparingDouble(c -> c.f1().orElse(0)))
            .toList();
    for (PerClass each : weakestFirst) {
      table.row(
          Markup.text(each.label().displayName()),
          ShareBar.of(each.f1().orElse(0), 0),
          percent(each.f1()),
          percent(each.precision()),
          percent(each.recall()),
          count(each.photos()),
          count(each.correct()),
          count(each.falsePositives()),
          count(each.falseNegatives()));
    }
    return Section.of(
        "classes",
        "Each class",
        Markup.paragraph(
            "Precision: share of the answers that were right. Recall: share of the photos that were"
                + " recognised. F1: their harmonic mean. A dash: nothing to divide by. TP: photos of the class that"
                + " were recognised, FN: those that were not, FP: photos of others taken for it."),
        table.markup());
  }

  private static Markup count(int photos) {
    return Markup.text(Unit.COUNT.text(photos));
  }

  private static Markup percent(OptionalDouble share) {
    return Markup.text(share.isPresent() ? Unit.PERCENT.text(share.getAsDouble()) : "\u2013");
  }
}
