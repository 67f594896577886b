package org.food4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.food4j.bench.result.Agreement;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Ratio;
import org.food4j.bench.result.ResultRow;
import org.food4j.train.evaluate.McNemar;

/**
 * A model held against the reference, on the same photos.
 *
 * @param model the one that is judged
 * @param reference the one that it is held against
 * @param accuracy right and wrong answers, the model being the first
 * @param agreement of logits and best labels
 * @param snrDecibels signal-to-noise ratio of the logits, see {@link SignalToNoise}
 * @param speedups by ascending batch size, for those that both were measured at
 */
public record Comparison(
    MeasuredModel model,
    MeasuredModel reference,
    McNemar accuracy,
    Agreement agreement,
    double snrDecibels,
    List<Speedup> speedups) {
  /**
   * How many times faster a model is.
   *
   * @param batch photos per call
   * @param ratio the reference's median time by the model's: above 1, the model is faster
   */
  public record Speedup(int batch, Ratio ratio) {}

  /** Copies the list. */
  public Comparison {
    speedups = List.copyOf(speedups);
  }

  /** Holds one model of a benchmark against another. */
  public static Comparison of(MeasuredModel model, MeasuredModel reference) {
    List<Speedup> speedups = new ArrayList<>();
    for (BatchTimes times : model.batches()) {
      reference
          .batch(times.batch())
          .ifPresent(
              base ->
                  speedups.add(
                      new Speedup(
                          times.batch(),
                          MedianRatio.of(
                              base.times(), times.times(), tookTurns(model, reference)))));
    }
    return new Comparison(
        model,
        reference,
        McNemar.of(model.answers(), reference.answers()),
        Agreement.of(reference.scores(), model.scores()),
        SignalToNoise.decibels(reference.scores(), model.scores()),
        speedups);
  }

  /** All models of a benchmark but the reference, each held against it. */
  public static List<Comparison> all(Benchmark benchmark) {
    return benchmark.candidates().stream()
        .map(model -> of(model, benchmark.referenceModel()))
        .toList();
  }

  /** A benchmark takes one of each model per round. */
  private static boolean tookTurns(MeasuredModel model, MeasuredModel reference) {
    return model.source().equals(reference.source());
  }

  /** The model's size by the reference's. */
  public double sizeRatio() {
    return (double) model.bytes() / reference.bytes();
  }

  /** The speed-up at that batch size, if both were measured at it. */
  public Optional<Ratio> speedup(int batch) {
    return speedups.stream().filter(s -> s.batch() == batch).map(Speedup::ratio).findFirst();
  }

  /** The geometric mean of the speed-ups; absent where no batch size is common. */
  public OptionalDouble meanSpeedup() {
    return speedups.stream()
        .mapToDouble(speedup -> Math.log(speedup.ratio().value()))
        .average()
        .stream()
        .map(Math::exp)
        .findFirst();
  }

  /** The figures of all models at all batch sizes, in order; the reference's against itself. */
  public static List<ResultRow> rows(Benchmark benchmark) {
    List<ResultRow> rows = new ArrayList<>();
    for (MeasuredModel model : benchmark.models()) {
      rows.addAll(of(model, benchmark.referenceModel()).rows());
    }
    return rows;
  }

  private List<ResultRow> rows() {
    return model.batches().stream()
        .map(
            times ->
                new ResultRow(
                    model.name(),
                    model.runtime(),
                    model.form(),
                    model.answers().top1(),
                    model.answers().top5(),
                    times.batch(),
                    times.p50Ms(),
                    times.times().all().percentileMs(95),
                    times.times().all().percentileMs(99),
                    times.photosPerSecond(),
                    model.bytes(),
                    model.source(),
                    model.answers().top1Interval().low(),
                    model.answers().top1Interval().high(),
                    accuracy.difference(),
                    accuracy.pValue(),
                    agreement.top1Agreement(),
                    agreement.maxAbsDifference(),
                    snrDecibels,
                    speedup(times.batch()),
                    Optional.empty(),
                    model.load().medianMs(),
                    times.medianMemoryBytes()))
        .toList();
  }
}
