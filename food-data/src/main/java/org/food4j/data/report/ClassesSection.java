package org.food4j.data.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Palette;
import org.food4j.data.page.Section;
import org.food4j.data.page.ShareBar;
import org.food4j.data.page.Table;
import org.food4j.data.page.Unit;
import org.food4j.data.report.DatasetFigures.ClassFigures;

/** How many photos each class had, what became of them, and where the rest went. */
final class ClassesSection {
  private ClassesSection() {}

  static Section of(DatasetFigures figures, Labels labels) {
    return Section.of(
        "classes",
        "Photos per class",
        Markup.element("h3").add("Before and after"),
        beforeAndAfter(figures, labels),
        Markup.element("h3").add("Splits"),
        splits(figures, labels),
        legend());
  }

  private static Markup beforeAndAfter(DatasetFigures figures, Labels labels) {
    Table table =
        new Table("Photos found, left out and kept per class")
            .text("Class")
            .number("Found")
            .number("Unusable")
            .number("Duplicate")
            .number("Contradictory")
            .number("Not needed")
            .number("Kept")
            .number("Near duplicates")
            .number("Copies");
    for (ClassFigures c : figures.classes()) {
      row(
          table,
          displayName(labels, c),
          c.found(),
          c.unusable(),
          c.duplicates(),
          c.contradictory(),
          c.underSampled(),
          c.kept(),
          c.nearDuplicates(),
          c.copies());
    }
    return table.markup();
  }

  private static void row(Table table, String name, int... counts) {
    List<String> cells = new ArrayList<>(List.of(name));
    Arrays.stream(counts).mapToObj(Unit.COUNT::text).forEach(cells::add);
    table.row(cells.toArray(String[]::new));
  }

  private static Markup splits(DatasetFigures figures, Labels labels) {
    Table table = new Table("Lines per class and split").text("Class").bar("Share of the largest");
    for (Split split : Split.values()) {
      table.number(SplitColumns.heading(split));
    }
    int largest =
        figures.classes().stream().mapToInt(c -> c.kept() + c.copies()).max().orElseThrow();
    for (ClassFigures c : figures.classes()) {
      List<Markup> cells = new ArrayList<>();
      List<Double> shares = new ArrayList<>();
      for (Split split : Split.values()) {
        int count = SplitColumns.count(c, split);
        shares.add((double) count / largest);
        cells.add(Markup.text(Unit.COUNT.text(count)));
      }
      cells.add(0, Markup.text(displayName(labels, c)));
      cells.add(1, ShareBar.stacked(shares));
      table.row(cells.toArray(Markup[]::new));
    }
    return table.markup();
  }

  private static Markup legend() {
    Markup legend = Markup.element("ul").with("class", "legend");
    for (Split split : Split.values()) {
      Markup key = Markup.element("span").with("class", "key " + Palette.colour(split.ordinal()));
      legend = legend.add(Markup.element("li").add(key, Markup.text(SplitColumns.heading(split))));
    }
    return legend;
  }

  private static String displayName(Labels labels, ClassFigures figures) {
    return labels.get(labels.indexOf(figures.name()).orElseThrow()).displayName();
  }
}
