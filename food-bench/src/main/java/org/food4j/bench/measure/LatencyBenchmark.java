package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.food4j.bench.result.LatencyRow;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.run.TrainedModel;

/**
 * Measures models side by side: accuracy once, latency in alternating rounds with one model open at
 * a time, because two runtimes alive at once take each other's processor time.
 *
 * @param rounds how often each model is opened and timed, at least 1
 * @param batches batch sizes to time
 * @param callsPerRound timed calls per model, batch size and round, at least 1
 * @param warmUpCalls untimed ones before them
 */
public record LatencyBenchmark(
    int rounds, List<Integer> batches, int callsPerRound, int warmUpCalls) {
  /** Three rounds of ten calls at batch 1, 8 and 32, after three calls of warm-up. */
  public static final LatencyBenchmark STANDARD = new LatencyBenchmark(3, List.of(1, 8, 32), 10, 3);

  /**
   * Copies the batch sizes.
   *
   * @throws IllegalArgumentException if a count is below its least value or there is no batch size
   */
  public LatencyBenchmark {
    batches = List.copyOf(batches);
    if (rounds < 1 || callsPerRound < 1 || warmUpCalls < 0 || batches.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A benchmark has at least one round, batch size and call: %d, %s, %d, %d",
              rounds,
              batches,
              callsPerRound,
              warmUpCalls));
    }
  }

  /**
   * What was measured of one model.
   *
   * @param rows one per batch size
   * @param scores its logits over the photos
   */
  public record Result(List<LatencyRow> rows, Scores scores) {
    /** Copies the rows. */
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param models run directories or ONNX files, each once; models of the same file name are called
   *     by as much of their paths as tells them apart
   * @param entries the data set's photos to measure accuracy on; their pixels are the timed input
   * @return one result per model, in order
   * @throws IllegalArgumentException if a model is named twice, or its labels are not the data
   *     set's
   * @throws PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if a model is broken
   */
  public List<Result> run(
      List<Path> models,
      Dataset dataset,
      List<ManifestEntry> entries,
      PhotoDecoder decoder,
      Progress progress)
      throws IOException {
    Map<Path, String> names = ModelNames.of(models);
    int steps = models.size() * (rounds + 1);
    int done = 0;
    Map<Path, Subject> subjects = new LinkedHashMap<>();
    for (Path path : models) {
      try (TrainedModel model = TrainedModel.open(path)) {
        Scores scores = model.score(dataset, entries, decoder, Progress.NONE);
        subjects.put(path, Subject.of(names.get(path), model, scores));
      }
      progress.update(++done, steps);
    }
    Map<Path, Map<Integer, List<Double>>> samples = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Path path : models) {
        Map<Integer, List<Double>> byBatch =
            samples.computeIfAbsent(path, p -> new LinkedHashMap<>());
        try (TrainedModel model = TrainedModel.open(path)) {
          time(model, input(model, dataset, entries, decoder), byBatch);
        }
        progress.update(++done, steps);
      }
    }
    List<Result> results = new ArrayList<>();
    for (Path path : models) {
      results.add(subjects.get(path).result(samples.get(path)));
    }
    return results;
  }

  private void time(TrainedModel model, float[] photo, Map<Integer, List<Double>> byBatch) {
    for (int batch : batches) {
      float[] input = new float[batch * photo.length];
      for (int i = 0; i < batch; i++) {
        System.arraycopy(photo, 0, input, i * photo.length, photo.length);
      }
      for (int call = 0; call < warmUpCalls; call++) {
        model.classifier().logits(input, batch);
      }
      List<Double> samples = byBatch.computeIfAbsent(batch, b -> new ArrayList<>());
      for (int call = 0; call < callsPerRound; call++) {
        long start = System.nanoTime();
        model.classifier().logits(input, batch);
        samples.add((System.nanoTime() - start) / 1e6);
      }
    }
  }

  private static float[] input(
      TrainedModel model, Dataset dataset, List<ManifestEntry> entries, PhotoDecoder decoder) {
    Path photo = dataset.photo(entries.get(0));
    try {
      return model.card().preprocessing().apply(Files.readAllBytes(photo), decoder);
    } catch (IOException e) {
      throw new PhotoReadException(photo, e);
    }
  }

  /** What of a model outlives its first opening. */
  private record Subject(
      String name,
      String runtime,
      String form,
      double top1,
      double top5,
      long bytes,
      Scores scores) {
    static Subject of(String name, TrainedModel model, Scores scores) {
      Evaluation evaluation = Evaluation.of(scores, "benchmark", model.card().temperature());
      return new Subject(
          name,
          model.classifier().runtime(),
          model.form(),
          evaluation.top1(),
          evaluation.top5(),
          model.bytes(),
          scores);
    }

    Result result(Map<Integer, List<Double>> samples) {
      List<LatencyRow> rows = new ArrayList<>();
      samples.forEach(
          (batch, times) ->
              rows.add(new LatencyRow(name, runtime, form, top1, top5, batch, times, bytes)));
      return new Result(rows, scores);
    }
  }
}
