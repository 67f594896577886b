package org.food4j.bench.report;

import org.food4j.bench.compare.Agreement;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;

/** Whether the exported file answers as the trained graph does. */
public final class AgreementSection {
  private AgreementSection() {}

  /**
   * The section with the id {@code agreement}.
   *
   * @param tolerance largest distance between logits that still counts as the same: 1e-4 for an
   *     export in float32
   */
  public static Section of(Agreement agreement, double tolerance) {
    String verdict =
        agreement.within(tolerance)
            ? "The ONNX file gives the same answers as the trained graph."
            : "The ONNX file and the trained graph differ more than they should.";
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
