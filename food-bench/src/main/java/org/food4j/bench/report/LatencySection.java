package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.food4j.bench.result.LatencyRow;
import org.food4j.data.page.BarChart;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Unit;

/** How long the answers take: a verdict, a chart per batch size, and the whole table. */
public final class LatencySection {
  private LatencySection() {}

  /**
   * The section with the id {@code latency}.
   *
   * @param rows at least one, in the order to show them; the first is what others are held against
   */
  public static Section of(List<LatencyRow> rows) {
    return Section.of(
        "latency",
        "Speed",
        Markup.paragraph(Verdict.of(rows)).with("class", "verdict"),
        charts(rows),
        table(rows),
        Markup.paragraph(
                "Bars end at the median, whiskers at the 95th percentile. Times are those of one"
                    + " call with the whole batch, photos decoded and normalised beforehand.")
            .with("class", "note"));
  }

  private static Markup charts(List<LatencyRow> rows) {
    Map<RowNames.Subject, String> names = RowNames.of(rows);
    List<RowNames.Subject> order = List.copyOf(names.keySet());
    Map<Integer, List<BarChart.Bar>> byBatch = new TreeMap<>();
    for (LatencyRow row : rows) {
      RowNames.Subject subject = RowNames.Subject.of(row);
      double p95 = row.percentileMs(95);
      byBatch
          .computeIfAbsent(row.batch(), batch -> new ArrayList<>())
          .add(
              new BarChart.Bar(
                  names.get(subject),
                  row.percentileMs(50),
                  p95,
                  "(p95 " + Unit.MILLISECONDS.text(p95) + ")",
                  order.indexOf(subject)));
    }
    List<Markup> charts = new ArrayList<>();
    byBatch.forEach(
        (batch, bars) ->
            charts.add(
                new BarChart("Latency at batch " + batch, Unit.MILLISECONDS, bars).markup()));
    return Markup.block("cards", charts.toArray(Markup[]::new));
  }

  private static Markup table(List<LatencyRow> rows) {
    Table table =
        new Table("Latency, throughput, accuracy and size")
            .text("Model")
            .text("Form")
            .number("Batch")
            .number("p50 ms")
            .number("p95 ms")
            .number("p99 ms")
            .number("Photos/s")
            .number("Top-1")
            .number("Top-5")
            .number("Size")
            .text("Runtime");
    for (LatencyRow row : rows) {
      table.row(
          row.model(),
          RowNames.form(row.form()).replace(' ', '\u00a0'),
          Unit.COUNT.text(row.batch()),
          Unit.NUMBER.text(row.percentileMs(50)),
          Unit.NUMBER.text(row.percentileMs(95)),
          Unit.NUMBER.text(row.percentileMs(99)),
          Unit.NUMBER.text(row.photosPerSecond()),
          Unit.PERCENT.text(row.top1()),
          Unit.PERCENT.text(row.top5()),
          Unit.BYTES.text(row.bytes()),
          row.runtime());
    }
    return table.markup();
  }
}
