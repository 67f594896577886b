package org.food4j.bench.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code results.json}: all of a benchmark but its logits and questions.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param dataset fingerprint of the data set
 * @param data which photos
 * @param sources where it was measured
 * @param reference the position in {@code models} of the one that others are held against
 * @param models what was measured, in order, with raw samples
 * @param again how models compare with an earlier benchmark of them; without lines if it repeats
 *     none
 * @param results figures by model and batch size, as {@link ResultRow#figures} gives them
 */
record BenchmarkDocument(
    String format,
    int version,
    String dataset,
    Data data,
    List<Origin> sources,
    int reference,
    List<Model> models,
    Again again,
    List<JsonNode> results) {
  static final String FORMAT = "food4j-benchmark";
  static final int VERSION = 3;

  record Data(String directory, String photoRoot, String split, int photos, List<String> labels) {}

  record Origin(String name, Map<String, String> environment, BenchmarkSettings settings) {}

  record Model(
      String source,
      String name,
      String path,
      String sha256,
      String provider,
      JsonNode said,
      String runtime,
      String form,
      long bytes,
      List<Double> loadMs,
      String logits,
      List<Batch> batches) {}

  /** {@link Repetition}. */
  record Again(List<Line> lines, List<Repetition.Change> changes) {
    static Again of(Benchmark benchmark) {
      return benchmark
          .repetition()
          .map(
              repetition ->
                  new Again(
                      repetition.lines().stream()
                          .map(line -> Line.of(line, benchmark.models().indexOf(line.model())))
                          .toList(),
                      repetition.changes()))
          .orElse(new Again(List.of(), List.of()));
    }

    /**
     * @throws IllegalArgumentException if a line is about none of the models
     */
    Optional<Repetition> repetition(List<MeasuredModel> models) {
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Repetition(lines.stream().map(line -> line.line(models)).toList(), changes));
    }
  }

  /** {@link Repetition.Line}, its model by its position. */
  record Line(
      int model,
      int batch,
      double beforeMs,
      double nowMs,
      Ratio nowByBefore,
      double top1Change,
      Agreement answers,
      boolean sameFile) {
    static Line of(Repetition.Line line, int model) {
      return new Line(
          model,
          line.batch(),
          line.beforeMs(),
          line.nowMs(),
          line.ratio(),
          line.top1Change(),
          line.answers(),
          line.sameFile());
    }

    Repetition.Line line(List<MeasuredModel> models) {
      if (model < 0 || model >= models.size()) {
        throw new IllegalArgumentException(
            "It compares model %d of %d with before".formatted(model, models.size()));
      }
      return new Repetition.Line(
          models.get(model), batch, beforeMs, nowMs, nowByBefore, top1Change, answers, sameFile);
    }
  }

  record Batch(int batch, List<List<Double>> samplesMs, List<Long> memoryBytes) {}
}
