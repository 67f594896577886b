package org.food4j.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.food4j.bench.measure.Measurer.Answers;
import org.food4j.bench.measure.Measurer.BatchRound;
import org.food4j.bench.measure.Measurer.Round;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Rounds;
import org.food4j.bench.result.Samples;
import org.food4j.bench.result.Source;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.file.Sha256;
import org.food4j.data.scan.Progress;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.run.RunDirectory;

/**
 * Measures models side by side: accuracy once, so that a model that does not fit is known of before
 * anything is timed; then latency in rounds that alternate between the models, each round beginning
 * with another, with one model open at a time, because two runtimes alive at once take each other's
 * processor time.
 */
public final class ModelBenchmark {
  private final BenchmarkSettings settings;
  private final Measurer measurer;

  /**
   * @param measurer {@link WorkerProcesses} for figures that count, {@link InProcessMeasurer} for a
   *     quick look
   */
  public ModelBenchmark(BenchmarkSettings settings, Measurer measurer) {
    this.settings = settings;
    this.measurer = measurer;
  }

  /**
   * Runs the benchmark.
   *
   * @param subjects at least one
   * @param sourceName what a merged report calls these measurements: the directory's name
   * @param environment hardware and versions, as {@link BenchmarkEnvironment#facts} gives them
   * @param reference the name of the model that others are held against
   * @throws IllegalArgumentException if no model has the reference's name, or a model's labels are
   *     not those of the photos
   * @throws PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if a model is broken
   */
  public Benchmark run(
      List<Subject> subjects,
      BenchmarkPhotos photos,
      String sourceName,
      Map<String, String> environment,
      String reference,
      Progress progress)
      throws IOException {
    List<String> names = subjects.stream().map(Subject::name).toList();
    if (!names.contains(reference)) {
      throw new IllegalArgumentException(
          "The reference is one of %s, not '%s'".formatted(names, reference));
    }
    try (TemporaryFolder inputs = TemporaryFolder.create("food4j-bench")) {
      List<MeasuredModel> models = measured(subjects, photos, sourceName, inputs.path(), progress);
      Source source = new Source(sourceName, environment, settings);
      return new Benchmark(List.of(source), photos, models, names.indexOf(reference));
    }
  }

  private List<MeasuredModel> measured(
      List<Subject> subjects,
      BenchmarkPhotos photos,
      String sourceName,
      Path inputs,
      Progress progress)
      throws IOException {
    int count = subjects.size();
    int steps = count * (settings.rounds() + 1);
    List<Asked> asked = new ArrayList<>();
    List<List<Round>> rounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Subject subject = subjects.get(i);
      Answers answers = measurer.answer(subject, photos, settings, input(inputs, i));
      asked.add(Asked.of(subject, photos, answers));
      rounds.add(new ArrayList<>());
      progress.update(i + 1, steps);
    }
    for (int round = 0; round < settings.rounds(); round++) {
      for (int turn = 0; turn < count; turn++) {
        int i = (round + turn) % count;
        rounds.get(i).add(measurer.time(subjects.get(i), settings, input(inputs, i)));
        progress.update(count * (round + 1) + turn + 1, steps);
      }
    }
    List<MeasuredModel> models = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      models.add(model(sourceName, asked.get(i), rounds.get(i)));
    }
    return models;
  }

  private static Path input(Path inputs, int subject) {
    return inputs.resolve("input-" + subject + ".npy");
  }

  /** A model whose answers are known. */
  private record Asked(Subject subject, Answers answers, Scores scores, Evaluation ranked) {
    static Asked of(Subject subject, BenchmarkPhotos photos, Answers answers) {
      Scores scores = new Scores(photos.labels(), photos.dataset().entries(), answers.logits());
      try {
        // Ranks; no temperature changes them.
        Evaluation ranked = Evaluation.of(scores, photos.split().key(), 1);
        return new Asked(subject, answers, scores, ranked);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(subject.name() + ": " + e.getMessage(), e);
      }
    }
  }

  private MeasuredModel model(String sourceName, Asked asked, List<Round> rounds)
      throws IOException {
    Subject subject = asked.subject();
    Answers answers = asked.answers();
    List<BatchTimes> batches = new ArrayList<>();
    for (int i = 0; i < settings.batches().size(); i++) {
      int position = i;
      List<BatchRound> parts = rounds.stream().map(r -> r.batches().get(position)).toList();
      batches.add(
          new BatchTimes(
              settings.batches().get(i),
              new Rounds(parts.stream().map(BatchRound::samplesMs).toList()),
              parts.stream().flatMap(part -> part.memoryBytes().stream()).toList()));
    }
    return new MeasuredModel(
        sourceName,
        subject.name(),
        subject.path().toAbsolutePath().normalize(),
        sha256(subject.path()),
        subject.provider(),
        subject.said(),
        answers.runtime(),
        answers.form(),
        answers.bytes(),
        new Samples(rounds.stream().map(Round::loadMs).toList()),
        batches,
        asked.scores(),
        asked.ranked());
  }

  private static String sha256(Path model) throws IOException {
    Path file = Files.isDirectory(model) ? RunDirectory.open(model).bestCheckpoint() : model;
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }
}
