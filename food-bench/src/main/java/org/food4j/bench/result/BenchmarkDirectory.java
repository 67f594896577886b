package org.food4j.bench.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.food4j.bench.result.BenchmarkPhotos.Question;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.Csv;
import org.food4j.data.file.OutputDirectory;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.Split;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.weights.NpyArray;
import org.food4j.models.weights.WeightsException;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;

/** The files of a benchmark; the package's description names them. */
public final class BenchmarkDirectory {
  private static final String RESULTS = "results.json";
  private static final String TABLE = "results.csv";
  private static final String PHOTOS = "photos.csv";
  private static final Pattern OWN =
      Pattern.compile("results\\.csv|photos\\.csv|logits-\\d+\\.npy|report\\.(html|md)");
  private static final Pattern OURS_ALONE = Pattern.compile("photos\\.csv|logits-\\d+\\.npy");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final Path directory;

  private BenchmarkDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Takes a directory for results: a new or empty one, or one that holds a benchmark already, which
   * is replaced file by file.
   *
   * @throws IllegalArgumentException if something else lies there
   */
  public static BenchmarkDirectory prepare(Path directory) throws IOException {
    requirePlace(directory);
    Files.createDirectories(directory);
    return new BenchmarkDirectory(directory);
  }

  /**
   * Checks that {@link #prepare} would take a directory, before the time to measure is spent.
   * Nothing is written.
   *
   * @throws IllegalArgumentException if something else lies there
   */
  public static void requirePlace(Path directory) throws IOException {
    if (!OutputDirectory.isFree(directory) && !isOwn(directory)) {
      throw new IllegalArgumentException(
          directory
              + " holds files that are not a benchmark; name another directory, nothing is overwritten");
    }
  }

  /** Others have files named results.json too: what it says decides. */
  private static boolean isOwn(Path directory) throws IOException {
    Path results = directory.resolve(RESULTS);
    if (!Files.exists(results)) {
      return isRest(directory);
    }
    try {
      return isBenchmark(JSON.readTree(results.toFile()));
    } catch (JsonProcessingException e) {
      return false; // not even JSON
    }
  }

  /** What a benchmark leaves whose writing was interrupted: others write reports and tables too. */
  private static boolean isRest(Path directory) throws IOException {
    List<String> names;
    try (Stream<Path> content = Files.list(directory)) {
      names = content.map(file -> file.getFileName().toString()).toList();
    }
    return names.stream().allMatch(name -> OWN.matcher(name).matches())
        && names.stream().anyMatch(name -> OURS_ALONE.matcher(name).matches());
  }

  private static boolean isBenchmark(JsonNode document) {
    return BenchmarkDocument.FORMAT.equals(document.path("format").asText());
  }

  /** Where the page belongs. */
  public Path report() {
    return directory.resolve("report.html");
  }

  /** Where the page belongs as Markdown. */
  public Path markdown() {
    return directory.resolve("report.md");
  }

  /**
   * Writes photos and logits, {@code results.csv}, and at last {@code results.json}, which an
   * earlier benchmark here loses first, with its report.
   *
   * @param rows the figures by model and batch size, in the models' order
   */
  public void write(Benchmark benchmark, List<ResultRow> rows) throws IOException {
    Files.deleteIfExists(directory.resolve(RESULTS));
    Files.deleteIfExists(report());
    Files.deleteIfExists(markdown());
    for (int number = 1; Files.deleteIfExists(logits(number)); number++) {
      // an earlier benchmark may have had more models
    }
    AtomicFile.write(directory.resolve(PHOTOS), photosCsv(benchmark.photos()));
    List<BenchmarkDocument.Model> models = new ArrayList<>();
    for (MeasuredModel model : benchmark.models()) {
      Path logits = logits(models.size() + 1);
      Scores scores = model.scores();
      long[] shape = {scores.entries().size(), scores.labels().size()};
      new NpyArray(shape, scores.logits()).write(logits);
      models.add(document(model, logits.getFileName().toString()));
    }
    List<ObjectNode> figures = rows.stream().map(ResultRow::figures).toList();
    AtomicFile.write(directory.resolve(TABLE), ResultsCsv.of(figures));
    BenchmarkPhotos photos = benchmark.photos();
    BenchmarkDocument document =
        new BenchmarkDocument(
            BenchmarkDocument.FORMAT,
            BenchmarkDocument.VERSION,
            photos.fingerprint(),
            new BenchmarkDocument.Data(
                photos.directory().toString(),
                photos.photoRoot().toString(),
                photos.split().key(),
                photos.questions().size(),
                photos.labels().asList().stream().map(Label::name).toList()),
            benchmark.sources().stream()
                .map(s -> new BenchmarkDocument.Origin(s.name(), s.environment(), s.settings()))
                .toList(),
            benchmark.reference(),
            models,
            BenchmarkDocument.Again.of(benchmark),
            List.copyOf(figures));
    AtomicFile.write(
        directory.resolve(RESULTS),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
  }

  private Path logits(int number) {
    return directory.resolve("logits-" + number + ".npy");
  }

  private static BenchmarkDocument.Model document(MeasuredModel model, String logits)
      throws JsonProcessingException {
    return new BenchmarkDocument.Model(
        model.source(),
        model.name(),
        model.path().toString(),
        model.sha256(),
        model.provider().key(),
        JSON.readTree(model.said().toJson()),
        model.runtime(),
        model.form(),
        model.bytes(),
        model.load().samplesMs(),
        logits,
        model.batches().stream()
            .map(
                b -> new BenchmarkDocument.Batch(b.batch(), b.times().samplesMs(), b.memoryBytes()))
            .toList());
  }

  private static String photosCsv(BenchmarkPhotos photos) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("path", "label"));
    for (Question question : photos.questions()) {
      lines.add(List.of(question.path(), photos.labels().get(question.label()).name()));
    }
    return Csv.write(lines);
  }

  /**
   * Reads a benchmark.
   *
   * @throws BenchmarkException if the directory holds none, of another version, or it is damaged
   * @throws IOException if a file cannot be read
   */
  public static Benchmark read(Path directory) throws IOException {
    Path results = directory.resolve(RESULTS);
    if (!Files.isRegularFile(results)) {
      throw new BenchmarkException(
          directory, "it holds no results.json: name a directory that food bench wrote");
    }
    try {
      JsonNode tree = JSON.readTree(results.toFile());
      if (!isBenchmark(tree) || tree.path("version").asInt() != BenchmarkDocument.VERSION) {
        throw new BenchmarkException(
            directory,
            "its results.json is of format '%s', version %s; this Food4J reads %s, version %d: measure again"
                .formatted(
                    tree.path("format").asText(),
                    tree.path("version").asText(),
                    BenchmarkDocument.FORMAT,
                    BenchmarkDocument.VERSION));
      }
      return benchmark(directory, JSON.treeToValue(tree, BenchmarkDocument.class));
    } catch (JsonProcessingException e) {
      throw new BenchmarkException(
          directory, "its results.json cannot be read: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | WeightsException e) {
      throw new BenchmarkException(directory, "it is damaged: " + e.getMessage(), e);
    }
  }

  private static Benchmark benchmark(Path directory, BenchmarkDocument document)
      throws IOException {
    BenchmarkDocument.Data data = document.data();
    Labels labels = Labels.of(data.labels());
    BenchmarkPhotos photos =
        new BenchmarkPhotos(
            Path.of(data.directory()),
            Path.of(data.photoRoot()),
            Split.of(data.split()),
            document.dataset(),
            labels,
            questions(directory, labels));
    List<MeasuredModel> models = new ArrayList<>();
    for (BenchmarkDocument.Model model : document.models()) {
      float[] logits = NpyArray.read(directory.resolve(model.logits())).values();
      Scores scores = new Scores(labels, photos.dataset().entries(), logits);
      models.add(
          new MeasuredModel(
              model.source(),
              model.name(),
              Path.of(model.path()),
              model.sha256(),
              ExecutionProvider.of(model.provider()),
              ForeignModel.fromJson(model.said().toString()),
              model.runtime(),
              model.form(),
              model.bytes(),
              new Samples(model.loadMs()),
              model.batches().stream()
                  .map(b -> new BatchTimes(b.batch(), new Rounds(b.samplesMs()), b.memoryBytes()))
                  .toList(),
              scores,
              Evaluation.of(scores, data.split(), 1)));
    }
    List<Source> sources =
        document.sources().stream()
            .map(origin -> new Source(origin.name(), origin.environment(), origin.settings()))
            .toList();
    return new Benchmark(
        sources, photos, models, document.reference(), document.again().repetition(models));
  }

  private static List<Question> questions(Path directory, Labels labels) throws IOException {
    List<Question> questions = new ArrayList<>();
    List<Csv.Row> rows = Csv.read(Files.readString(directory.resolve(PHOTOS)));
    for (Csv.Row row : rows.subList(Math.min(1, rows.size()), rows.size())) {
      if (row.fields().size() != 2) {
        throw new IllegalArgumentException(
            "photos.csv has a path and a label in a line, not " + row.fields());
      }
      String label = row.fields().get(1);
      int index =
          labels
              .indexOf(label)
              .orElseThrow(() -> new IllegalArgumentException("photos.csv has the label " + label));
      questions.add(new Question(row.fields().get(0), index));
    }
    return questions;
  }
}
