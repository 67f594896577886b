package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.food4j.bench.compare.Comparison;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Ratio;
import org.food4j.bench.result.Samples;
import org.food4j.data.page.BarChart;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Unit;

/** How long answers take, and how many there are in a second. */
final class LatencyPart {
  private LatencyPart() {}

  static Part of(Benchmark benchmark, List<Comparison> comparisons, ReportNames names) {
    return new Part("latency", "Latency and throughput")
        .charts(charts(benchmark, names))
        .table(table(benchmark, comparisons, names))
        .note(
            "Bars end at the median (p50), whiskers at the 95th percentile. Times are those of one"
                + " call with the whole batch, photos decoded and normalised beforehand."
                + " Times faster: the reference's median by the model's, with a 95 % bootstrap"
                + " interval over rounds; where it holds 1, no difference is shown.");
  }

  private static List<Markup> charts(Benchmark benchmark, ReportNames names) {
    List<Markup> charts = new ArrayList<>();
    for (int batch : benchmark.batches()) {
      List<BarChart.Bar> latencies = new ArrayList<>();
      for (int i = 0; i < benchmark.models().size(); i++) {
        MeasuredModel model = benchmark.models().get(i);
        Optional<BatchTimes> times = model.batch(batch);
        if (times.isPresent()) {
          double p95 = times.get().times().all().percentileMs(95);
          latencies.add(
              new BarChart.Bar(
                  names.of(model),
                  times.get().p50Ms(),
                  p95,
                  "(p95 " + Unit.MILLISECONDS.text(p95) + ")",
                  i));
        }
      }
      charts.add(new BarChart("Latency at batch " + batch, Unit.MILLISECONDS, latencies).markup());
    }
    charts.add(throughput(benchmark, names));
    return charts;
  }

  private static Markup throughput(Benchmark benchmark, ReportNames names) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (int i = 0; i < benchmark.models().size(); i++) {
      MeasuredModel model = benchmark.models().get(i);
      BatchTimes best =
          model.batches().stream()
              .max(java.util.Comparator.comparingDouble(BatchTimes::photosPerSecond))
              .orElseThrow();
      double rate = best.photosPerSecond();
      bars.add(new BarChart.Bar(names.of(model), rate, rate, "(batch " + best.batch() + ")", i));
    }
    return new BarChart("Photos per second, at the best batch size", Unit.NUMBER, bars).markup();
  }

  private static TextTable table(
      Benchmark benchmark, List<Comparison> comparisons, ReportNames names) {
    Map<MeasuredModel, Comparison> byModel = new IdentityHashMap<>();
    comparisons.forEach(comparison -> byModel.put(comparison.model(), comparison));
    TextTable table =
        new TextTable(
            "Latency and throughput",
            List.of("Model"),
            List.of("Batch", "p50 ms", "p95 ms", "p99 ms", "Photos/s", "Times faster", "Calls"),
            List.of("Runtime"));
    for (MeasuredModel model : benchmark.models()) {
      for (BatchTimes times : model.batches()) {
        Samples samples = times.times().all();
        Optional<Ratio> speedup =
            Optional.ofNullable(byModel.get(model)).flatMap(c -> c.speedup(times.batch()));
        table.row(
            names.of(model),
            Unit.COUNT.text(times.batch()),
            Unit.NUMBER.text(samples.percentileMs(50)),
            Unit.NUMBER.text(samples.percentileMs(95)),
            Unit.NUMBER.text(samples.percentileMs(99)),
            Unit.NUMBER.text(times.photosPerSecond()),
            speedup.map(LatencyPart::text).orElse("–"),
            Unit.COUNT.text(samples.samplesMs().size()),
            model.runtime());
      }
    }
    return table;
  }

  static String text(Ratio ratio) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.value(), ratio.low(), ratio.high());
  }
}
