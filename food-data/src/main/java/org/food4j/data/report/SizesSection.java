package org.food4j.data.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.BarChart;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Unit;

/** How large the photos are. */
final class SizesSection {
  private SizesSection() {}

  static Section of(List<ManifestEntry> originals) {
    Map<String, Integer> buckets = new LinkedHashMap<>();
    int[] edges = {128, 224, 320, 512, 1024};
    for (int i = 0; i <= edges.length; i++) {
      int from = i == 0 ? 0 : edges[i - 1];
      int to = i == edges.length ? Integer.MAX_VALUE : edges[i];
      int count =
          (int) originals.stream().filter(e -> shorter(e) >= from && shorter(e) < to).count();
      String name =
          i == 0
              ? "below " + to + " px"
              : i == edges.length ? from + " px and more" : from + " to " + (to - 1) + " px";
      buckets.put(name, count);
    }
    List<BarChart.Bar> bars = new ArrayList<>();
    buckets.forEach(
        (name, count) ->
            bars.add(
                new BarChart.Bar(
                    name,
                    count,
                    count,
                    "(" + Unit.PERCENT.text((double) count / originals.size()) + ")",
                    0)));
    Table table =
        new Table("Photo sizes in pixels")
            .text("Pixels")
            .number("Smallest")
            .number("Median")
            .number("Largest");
    addRange(table, originals, "Width", ManifestEntry::width);
    addRange(table, originals, "Height", ManifestEntry::height);
    addRange(table, originals, "Shorter side", SizesSection::shorter);
    return Section.of(
        "sizes",
        "Photo sizes",
        table.markup(),
        new BarChart("Photos by shorter side", Unit.COUNT, bars).markup());
  }

  private static int shorter(ManifestEntry entry) {
    return Math.min(entry.width(), entry.height());
  }

  private static void addRange(
      Table table, List<ManifestEntry> originals, String name, ToIntFunction<ManifestEntry> size) {
    int[] sorted = originals.stream().mapToInt(size).sorted().toArray();
    table.row(
        name,
        Unit.COUNT.text(sorted[0]),
        Unit.COUNT.text(sorted[sorted.length / 2]),
        Unit.COUNT.text(sorted[sorted.length - 1]));
  }
}
