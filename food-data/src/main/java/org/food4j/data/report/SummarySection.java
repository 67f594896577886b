package org.food4j.data.report;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.Section;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;
import org.food4j.data.report.DatasetFigures.ClassFigures;

/** The figures that a glance should catch. */
final class SummarySection {
  private SummarySection() {}

  static Section of(DatasetFigures figures) {
    IntSummaryStatistics sizes =
        figures.classes().stream().mapToInt(ClassFigures::kept).summaryStatistics();
    int copies = figures.classes().stream().mapToInt(ClassFigures::copies).sum();
    List<Tile> tiles = new ArrayList<>();
    tiles.add(
        new Tile(
            "Photos",
            Unit.COUNT.text(figures.kept()),
            "%s classes of %s to %s"
                .formatted(
                    Unit.COUNT.text(figures.classes().size()),
                    Unit.COUNT.text(sizes.getMin()),
                    Unit.COUNT.text(sizes.getMax()))));
    for (Split split : Split.values()) {
      int count = figures.classes().stream().mapToInt(c -> SplitColumns.count(c, split)).sum();
      tiles.add(
          new Tile(
              SplitColumns.heading(split),
              Unit.COUNT.text(count),
              split == Split.TRAIN && copies > 0
                  ? "of which " + Unit.COUNT.text(copies) + " copies"
                  : Unit.PERCENT.text((double) count / (figures.kept() + copies))
                      + " of all lines"));
    }
    tiles.add(
        new Tile(
            "Left out",
            Unit.COUNT.text(figures.rejected()),
            "of " + Unit.COUNT.text(figures.found()) + " files found"));
    DatasetFigures.NearDuplicateFigures near = figures.nearDuplicates();
    tiles.add(
        new Tile(
            "Near duplicates",
            Unit.COUNT.text(near.photos()),
            near.photos() == 0
                ? "no two photos look alike"
                : "photos in " + Unit.COUNT.text(near.groups()) + " groups"));
    return Section.of("summary", "Summary", Tile.grid(tiles));
  }
}
