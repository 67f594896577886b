package org.food4j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.OutputDirectory;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.block.Wiring;
import org.food4j.models.explain.PhotoExplainer;
import org.food4j.models.layer.NativeEngine;
import org.food4j.models.onnx.ModelCard;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.TemperatureFit;
import org.food4j.train.loop.CheckpointStore;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;

/** What a training leaves behind; the package's description names its files. Not thread-safe. */
public final class RunDirectory implements CheckpointStore {
  static final String RECIPE = "recipe.yaml";
  static final String PROVENANCE = "provenance.json";
  static final String LABELS = "labels.json";
  static final String PREPROCESSING = "preprocessing.json";
  static final String METRICS = "metrics.jsonl";
  static final String CALIBRATION = "calibration.json";
  static final String EVALUATION = "evaluation.json";
  static final String REPORT = "report.html";
  static final String BEST = "checkpoints/best.zip";
  static final String LAST = "checkpoints/last.zip";

  private final Path directory;

  private RunDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Starts a run of a network from random weights in a directory that does not exist or is empty.
   *
   * @throws IllegalArgumentException if the directory holds anything
   */
  public static RunDirectory create(
      Path directory, Recipe recipe, Dataset dataset, Preprocessing preprocessing)
      throws IOException {
    return create(directory, recipe, dataset, preprocessing, Map.of());
  }

  /**
   * Starts a run in a directory that does not exist or is empty.
   *
   * @param network facts of where the network comes from, for {@code provenance.json}
   * @throws IllegalArgumentException if the directory holds anything
   */
  public static RunDirectory create(
      Path directory,
      Recipe recipe,
      Dataset dataset,
      Preprocessing preprocessing,
      Map<String, String> network)
      throws IOException {
    requireEmpty(directory);
    Files.createDirectories(directory.resolve(BEST).getParent());
    AtomicFile.write(directory.resolve(RECIPE), RecipeFile.write(recipe));
    AtomicFile.write(directory.resolve(LABELS), dataset.labels().toJson());
    AtomicFile.write(directory.resolve(PREPROCESSING), preprocessing.toJson() + "\n");
    AtomicFile.write(
        directory.resolve(PROVENANCE),
        RunJson.MAPPER
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Provenance.of(dataset, recipe.seed(), network).facts())
            + "\n");
    return new RunDirectory(directory);
  }

  private static void requireEmpty(Path directory) throws IOException {
    if (!OutputDirectory.isFree(directory)) {
      throw new IllegalArgumentException(
          directory
              + (Files.exists(directory.resolve(RECIPE)) ? " already holds a run" : " is not empty")
              + "; name another directory, nothing is overwritten");
    }
  }

  /** Whether a path looks like a run's directory. */
  public static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve(RECIPE))
        && Files.isRegularFile(path.resolve(PREPROCESSING));
  }

  /**
   * Opens a run.
   *
   * @throws RunException if the directory is not one, or has no checkpoint yet
   */
  public static RunDirectory open(Path directory) throws RunException {
    if (!isRun(directory)) {
      throw new RunException(
          directory, "not a run directory: it has no " + RECIPE + " and " + PREPROCESSING);
    }
    if (!Files.isRegularFile(directory.resolve(BEST))) {
      throw new RunException(directory, "the run has no checkpoint: it did not finish an epoch");
    }
    return new RunDirectory(directory);
  }

  /** The directory itself, as it was given. */
  public Path path() {
    return directory;
  }

  /** Where the report belongs. */
  public Path report() {
    return directory.resolve(REPORT);
  }

  /** The checkpoint of the best epoch, a DL4J model file. */
  public Path bestCheckpoint() {
    return directory.resolve(BEST);
  }

  @Override
  public void saveLast(ComputationGraph graph) throws IOException {
    save(graph, directory.resolve(LAST), true);
  }

  @Override
  public void saveBest(ComputationGraph graph) throws IOException {
    save(graph, directory.resolve(BEST), false);
  }

  private static void save(ComputationGraph graph, Path file, boolean optimizer)
      throws IOException {
    AtomicFile.write(
        file, temporary -> ModelSerializer.writeModel(graph, temporary.toFile(), optimizer));
  }

  @Override
  public void append(EpochMetrics metrics) throws IOException {
    Files.writeString(
        directory.resolve(METRICS),
        RunJson.MAPPER.writeValueAsString(metrics) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Writes {@code evaluation.json}. */
  public void writeEvaluation(Evaluation evaluation) throws IOException {
    AtomicFile.write(
        directory.resolve(EVALUATION),
        RunJson.MAPPER
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(EvaluationDocument.of(evaluation))
            + "\n");
  }

  /** Writes {@code calibration.json}, whose temperature {@link #card} has from then on. */
  public void writeCalibration(TemperatureFit fit) throws IOException {
    AtomicFile.write(
        directory.resolve(CALIBRATION),
        RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(fit) + "\n");
  }

  private double temperature() throws IOException {
    if (!Files.exists(directory.resolve(CALIBRATION))) {
      return 1; // not calibrated
    }
    try {
      return RunJson.MAPPER.readValue(read(CALIBRATION), TemperatureFit.class).temperature();
    } catch (JsonProcessingException e) {
      throw new RunException(
          directory.resolve(CALIBRATION), "the file is broken: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The graph of the best epoch, ready to train on.
   *
   * @throws RunException if the checkpoint is missing or damaged
   */
  public ComputationGraph best() throws IOException {
    NativeEngine.start();
    try {
      // DL4J reads the archive as a stream and does not notice that its end is missing
      new ZipFile(bestCheckpoint().toFile()).close();
      return ModelSerializer.restoreComputationGraph(bestCheckpoint().toFile(), true);
    } catch (IOException | RuntimeException e) {
      // DL4J meets a damaged file with a ZipException, a JSON error, a null or an index, as it
      // comes
      throw new RunException(
          bestCheckpoint(), "the checkpoint is damaged and cannot be read: " + e, e);
    }
  }

  /**
   * What {@code recipe.yaml} says.
   *
   * @throws RunException if it is missing or broken
   */
  public Recipe recipe() throws IOException {
    read(RECIPE); // a missing file is told as one of the run's, not as an unknown recipe
    return parsed(RECIPE, () -> RecipeFile.read(directory.resolve(RECIPE).toString(), List.of()));
  }

  /**
   * What {@code labels.json} says.
   *
   * @throws RunException if it is missing or broken
   */
  public Labels labels() throws IOException {
    String json = read(LABELS);
    return parsed(LABELS, () -> Labels.fromJson(json));
  }

  /**
   * What {@code preprocessing.json} says.
   *
   * @throws RunException if it is missing or broken
   */
  public Preprocessing preprocessing() throws IOException {
    String json = read(PREPROCESSING);
    return parsed(PREPROCESSING, () -> Preprocessing.fromJson(json));
  }

  /**
   * What {@code provenance.json} says.
   *
   * @throws RunException if it is missing or broken
   */
  public Provenance provenance() throws IOException {
    try {
      return new Provenance(
          RunJson.MAPPER.readValue(
              read(PROVENANCE), new TypeReference<LinkedHashMap<String, String>>() {}));
    } catch (JsonProcessingException e) {
      throw new RunException(directory.resolve(PROVENANCE), "not JSON of strings", e);
    }
  }

  /** The epochs so far, in order. */
  public List<EpochMetrics> metrics() throws IOException {
    List<EpochMetrics> epochs = new ArrayList<>();
    for (String line : read(METRICS).split("\n")) {
      try {
        epochs.add(RunJson.MAPPER.readValue(line, EpochMetrics.class));
      } catch (JsonProcessingException e) {
        throw new RunException(
            directory.resolve(METRICS),
            String.format(Locale.ROOT, "line %d is broken", epochs.size() + 1),
            e);
      }
    }
    return epochs;
  }

  /**
   * What explains the best epoch's answers.
   *
   * @throws RunException if the run is broken
   */
  public PhotoExplainer explainer(PhotoDecoder decoder) throws IOException {
    Recipe recipe = recipe();
    ModelCard card = card();
    Wiring wiring =
        Architectures.named(recipe.model()).wiring(recipe.spec(card.labels().asList().size()));
    return new PhotoExplainer(best(), card, decoder, wiring.backbone());
  }

  /** What an exported model says about itself. */
  public ModelCard card() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", recipe().model());
    facts.putAll(provenance().facts());
    facts.remove(
        Provenance.DATASET); // a path of the machine that trained is nobody else's business
    return ModelCard.of(labels(), preprocessing())
        .withTemperature(temperature())
        .withProvenance(facts);
  }

  private interface Parser<T> {
    T parse() throws IOException;
  }

  private <T> T parsed(String name, Parser<T> parser) throws IOException {
    try {
      return parser.parse();
    } catch (IllegalArgumentException e) {
      throw new RunException(directory.resolve(name), "the file is broken: " + e.getMessage(), e);
    }
  }

  private String read(String name) throws IOException {
    try {
      return Files.readString(directory.resolve(name));
    } catch (NoSuchFileException e) {
      throw new RunException(directory, "the run lacks its file " + name, e);
    } catch (CharacterCodingException e) {
      throw new RunException(directory.resolve(name), "the file is broken: not UTF-8", e);
    }
  }
}
