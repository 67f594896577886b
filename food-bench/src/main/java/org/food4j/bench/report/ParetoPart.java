package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.food4j.bench.compare.MedianRatio;
import org.food4j.bench.compare.ParetoFront;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Ratio;
import org.food4j.bench.result.Rounds;
import org.food4j.data.page.Markup;
import org.food4j.data.page.ScatterChart;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.Interval;

/** Accuracy against latency, a chart per batch size. */
final class ParetoPart {
  /** A duration that is known exactly: a median's ratio to it is the median. */
  private static final Rounds ONE = new Rounds(List.of(List.of(1.0)));

  private ParetoPart() {}

  static Part of(Benchmark benchmark, ReportNames names) {
    List<Markup> charts = new ArrayList<>();
    for (int batch : benchmark.batches()) {
      charts.add(chart(benchmark, batch, names).markup());
    }
    return new Part("pareto", "Accuracy against latency")
        .charts(charts)
        .note(
            "Upwards: more photos right. To the left: faster. Filled spots are those that no other"
                + " beats in both; lines are 95 % intervals: of top-1 by Wilson, of the median"
                + " latency by bootstrap over rounds. Intervals of top-1 overlap more than"
                + " differences on the same photos warrant: the test of the differences is below.");
  }

  private static ScatterChart chart(Benchmark benchmark, int batch, ReportNames names) {
    List<MeasuredModel> models =
        benchmark.models().stream().filter(model -> model.batch(batch).isPresent()).toList();
    List<ParetoFront.Choice> choices =
        models.stream()
            .map(m -> new ParetoFront.Choice(times(m, batch).p50Ms(), m.answers().top1()))
            .toList();
    List<Boolean> front = ParetoFront.of(choices);
    List<ScatterChart.Spot> spots = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      MeasuredModel model = models.get(i);
      Interval top1 = model.answers().top1Interval();
      Ratio median = MedianRatio.of(times(model, batch).times(), ONE, false);
      double p50 = choices.get(i).cost();
      spots.add(
          new ScatterChart.Spot(
              names.of(model),
              figure(p50, median.low(), median.high()),
              figure(model.answers().top1(), top1.low(), top1.high()),
              front.get(i)));
    }
    return new ScatterChart(
        "Batch " + batch, "Latency (p50), ms per call", Unit.MILLISECONDS, Unit.PERCENT, spots);
  }

  /** Rounding, and the rank that stands for the median, may push an end beyond the value. */
  private static ScatterChart.Figure figure(double value, double low, double high) {
    return new ScatterChart.Figure(value, Math.min(value, low), Math.max(value, high));
  }

  private static BatchTimes times(MeasuredModel model, int batch) {
    return model.batch(batch).orElseThrow();
  }
}
