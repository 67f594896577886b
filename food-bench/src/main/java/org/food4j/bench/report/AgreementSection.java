package org.food4j.bench.report;

import org.food4j.bench.compare.Agreement;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;

/** Whether two models, or two forms of one, answer alike. */
public final class AgreementSection {
  private AgreementSection() {}

  /**
   * The section of a trained graph and the ONNX file exported from it.
   *
   * @see #of(Agreement, double, String, String)
   */
  public static Section of(Agreement agreement, double tolerance) {
    return of(agreement, tolerance, "the trained graph", "The ONNX file");
  }

  /**
   * The section with the id {@code agreement}.
   *
   * @param tolerance largest distance between logits that still counts as the same: 1e-4 for an
   *     export in float32
   * @param firstName what the first of the compared is called within a sentence
   * @param secondName what the second is called at the beginning of a sentence
   */
  public static Section of(
      Agreement agreement, double tolerance, String firstName, String secondName) {
    String verdict =
        agreement.within(tolerance)
            ? "%s gives the same answers as %s.".formatted(secondName, firstName)
            : "%s and %s differ by more than rounding.".formatted(secondName, firstName);
    return Section.of(
        "agreement",
        "Agreement",
        Markup.paragraph(verdict).with("class", "verdict"),
        Tile.grid(
            new Tile(
                "Same top-1",
                Unit.PERCENT.text(agreement.top1Agreement()),
                "of %s photos".formatted(Unit.COUNT.text(agreement.photos()))),
            new Tile(
                "Largest difference",
                Unit.NUMBER.text(agreement.maxAbsDifference()),
                "between logits, allowed: " + Unit.NUMBER.text(tolerance))));
  }
}
