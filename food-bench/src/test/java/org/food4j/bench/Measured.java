package org.food4j.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkPhotos.Question;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Rounds;
import org.food4j.bench.result.Samples;
import org.food4j.bench.result.Source;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.Split;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.inference.ForeignModel;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;

/** Made-up measurements: 200 photos of two classes, two rounds that agree within a thousandth. */
public record Measured(
    String source,
    String name,
    String form,
    long bytes,
    int wrong,
    Map<Integer, Double> times,
    ForeignModel said) {
  public static final int PHOTOS = 200;
  private static final Labels LABELS = Labels.of(List.of("pizza", "tart"));

  public static Measured of(String name, String form, Map<Integer, Double> times) {
    return new Measured("here", name, form, 10_000_000, 40, times, ForeignModel.UNSAID);
  }

  public Measured at(String otherSource) {
    return new Measured(otherSource, name, form, bytes, wrong, times, said);
  }

  public Measured withBytes(long other) {
    return new Measured(source, name, form, other, wrong, times, said);
  }

  /** The first photos are answered wrongly. */
  public Measured withWrong(int photos) {
    return new Measured(source, name, form, bytes, photos, times, said);
  }

  /** A file of another tool's, of which that is said. */
  public Measured saying(ForeignModel what) {
    return new Measured(source, name, form, bytes, wrong, times, what);
  }

  public MeasuredModel model() {
    float[] logits = new float[2 * PHOTOS];
    for (int photo = 0; photo < PHOTOS; photo++) {
      int answer = photo < wrong ? 1 - label(photo) : label(photo);
      logits[2 * photo + answer] = 1;
    }
    Scores scores = new Scores(LABELS, photos().dataset().entries(), logits);
    List<BatchTimes> batches = new ArrayList<>();
    times.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each ->
                batches.add(
                    new BatchTimes(
                        each.getKey(), rounds(each.getValue()), List.of(3_000_000L, 5_000_000L))));
    return new MeasuredModel(
        source,
        name,
        Path.of("/models").resolve(name),
        "5ha" + name.hashCode(),
        ExecutionProvider.CPU,
        said,
        form.equals("dl4j") ? "DL4J" : "ONNX Runtime",
        form,
        bytes,
        new Samples(List.of(20.0, 22.0)),
        batches,
        scores,
        Evaluation.of(scores, "test", 1));
  }

  private static int label(int photo) {
    return photo % 2;
  }

  private static Rounds rounds(double ms) {
    List<Double> round = IntStream.range(0, 21).mapToObj(i -> ms * (1 + i / 20000.0)).toList();
    return new Rounds(List.of(round, round));
  }

  public static BenchmarkPhotos photos() {
    return photos("f00d");
  }

  public static BenchmarkPhotos photos(String fingerprint) {
    Path folder = Path.of("/data");
    List<Question> questions =
        IntStream.range(0, PHOTOS).mapToObj(i -> new Question(i + ".jpg", label(i))).toList();
    return new BenchmarkPhotos(folder, folder, Split.TEST, fingerprint, LABELS, questions);
  }

  public static Benchmark benchmark(Measured... models) {
    List<String> sources = Arrays.stream(models).map(Measured::source).distinct().toList();
    return new Benchmark(
        sources.stream()
            .map(
                name -> new Source(name, Map.of("cpu", "of " + name), BenchmarkSettings.standard()))
            .toList(),
        photos(),
        Arrays.stream(models).map(Measured::model).toList(),
        0);
  }
}
