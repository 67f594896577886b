package org.food4j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.analysis.Parameters;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.block.Wiring;
import org.food4j.models.explain.graph.PhotoExplainer;
import org.food4j.models.onnx.ModelCard;
import org.food4j.train.evaluate.CalibrationFit;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.Checkpoint;
import org.food4j.train.loop.CheckpointStore;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.nd4j.linalg.api.ndarray.INDArray;

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
  static final String BEST_PART = "checkpoints/best_part.zip";

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
   * Starts a run in a directory that does not exist, is empty, or holds but what a process that was
   * killed while it did the same has left.
   *
   * @param origin facts of where the network comes from, and what trains it, for {@code
   *     provenance.json}
   * @throws IllegalArgumentException if the directory holds anything
   */
  public static RunDirectory create(
      Path directory,
      Recipe recipe,
      Dataset dataset,
      Preprocessing preprocessing,
      Map<String, String> origin)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(RECIPE, RecipeFile.write(recipe));
    files.put(LABELS, dataset.labels().toJson());
    files.put(PREPROCESSING, preprocessing.toJson() + "\n");
    files.put(PROVENANCE, RunJson.text(Provenance.of(dataset, recipe.seed(), origin).facts()));
    new RunCreation(directory).write(files);
    return new RunDirectory(directory);
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
    requireRun(directory);
    if (!Files.isRegularFile(directory.resolve(BEST))) {
      throw new RunException(directory, "the run has no checkpoint: it did not finish an epoch");
    }
    return new RunDirectory(directory);
  }

  private static void requireRun(Path directory) throws RunException {
    if (!isRun(directory)) {
      if (isUnfinishedCreation(directory)) {
        throw new RunException(
            directory,
            "the run was interrupted before it had begun, there is nothing to go on with: start it anew, into the same directory");
      }
      throw new RunException(
          directory, "not a run directory: it has no " + RECIPE + " and " + PREPROCESSING);
    }
  }

  private static boolean isUnfinishedCreation(Path directory) throws RunException {
    try {
      return new RunCreation(directory).isUnfinished();
    } catch (IOException e) {
      throw new RunException(directory, "the directory cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a run whose training was interrupted, at whatever moment, to go on with it: for {@link
   * org.food4j.train.loop.Trainer#resume}. One process at a time may.
   *
   * @throws RunException if the directory is not one
   */
  public static RunDirectory resume(Path directory) throws RunException {
    requireRun(directory);
    return new RunDirectory(directory);
  }

  /** Whether nothing is left to be done: the report, which comes last, is written. */
  public boolean isFinished() {
    return Files.isRegularFile(report());
  }

  /**
   * The data set that the run was started with, where it lay then.
   *
   * @throws RunException if the provenance is missing or broken
   */
  public Path dataset() throws IOException {
    return Path.of(fact(Provenance.DATASET));
  }

  /**
   * Checks that the run can be continued with a data set and weights: that they are those which it
   * was started with, wherever they lie now.
   *
   * @param network facts of where the network comes from, as {@link #create} was given them
   * @throws IllegalArgumentException if they are others
   * @throws RunException if the provenance is missing or broken
   */
  public void requireOrigin(Dataset dataset, Map<String, String> network) throws IOException {
    requireFact(
        Provenance.FINGERPRINT,
        dataset.fingerprint(),
        "The data set in %s is not the one".formatted(dataset.directory()));
    for (Map.Entry<String, String> each : network.entrySet()) {
      requireFact(each.getKey(), each.getValue(), "The network's origin is not the one");
    }
  }

  private void requireFact(String key, String value, String problem) throws IOException {
    String started = fact(key);
    if (!started.equals(value)) {
      throw new IllegalArgumentException(
          "%s that the run in %s was started with: %s was %s and is %s. Bring back what it was, or train into another directory"
              .formatted(problem, directory, key, started, value));
    }
  }

  private String fact(String key) throws IOException {
    String value = provenance().facts().get(key);
    if (value == null) {
      throw new RunException(directory.resolve(PROVENANCE), "it does not say " + key);
    }
    return value;
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
  public void saveLast(ComputationGraph graph, Optional<INDArray> average) throws IOException {
    CheckpointFile.write(directory.resolve(LAST), graph, true, average);
  }

  @Override
  public void saveBest(ComputationGraph graph) throws IOException {
    CheckpointFile.write(directory.resolve(BEST), graph, false, Optional.empty());
  }

  @Override
  public void saveBestPart(ComputationGraph graph) throws IOException {
    CheckpointFile.write(directory.resolve(BEST_PART), graph, false, Optional.empty());
  }

  @Override
  public Optional<Checkpoint> recover() throws IOException {
    return new RunRecovery(directory).recover(recipe().transfer().freezes());
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
    EvaluationFile.write(directory, evaluation);
  }

  /**
   * Writes {@code calibration.json}, whose temperature and threshold {@link #card} has from then
   * on, and what it changes: {@code evaluation.json} and {@code report.html}. All three are written
   * beside their places before the first is moved, in this order.
   *
   * @param evaluation of the run with that temperature and threshold
   * @param report of that evaluation
   * @throws IOException if one cannot be written; unless it was a move that failed, all are as they
   *     were
   */
  public void writeCalibration(CalibrationFit fit, Evaluation evaluation, HtmlPage report)
      throws IOException {
    String page = report.html();
    String figures = RunJson.text(EvaluationDocument.of(evaluation));
    String calibration = RunJson.text(CalibrationDocument.of(fit));
    AtomicFile.write(
        report(),
        beside -> {
          Files.writeString(beside, page);
          AtomicFile.write(
              directory.resolve(EVALUATION),
              besideThat -> {
                Files.writeString(besideThat, figures);
                AtomicFile.write(directory.resolve(CALIBRATION), calibration);
              });
        });
  }

  private ModelCard calibrated(ModelCard card) throws IOException {
    return Files.exists(directory.resolve(CALIBRATION))
        ? parsed(CALIBRATION, () -> CalibrationDocument.read(read(CALIBRATION)).applyTo(card))
        : card;
  }

  /**
   * The graph of the best epoch, ready to train on.
   *
   * @throws RunException if the checkpoint is missing or damaged
   */
  public ComputationGraph best() throws IOException {
    return CheckpointFile.read(bestCheckpoint());
  }

  /**
   * The trained network's parameters as papers count them; its weights are not read.
   *
   * @throws RunException if the checkpoint is missing or damaged
   */
  public long parameters() throws RunException {
    return Parameters.trainable(CheckpointFile.readConfiguration(bestCheckpoint()));
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
   * The same with values of the caller's over it.
   *
   * @param settings {@code key=value}
   * @throws IllegalArgumentException if a key or value is unknown or out of range
   * @throws RunException if the file is missing or broken
   */
  public Recipe recipe(List<String> settings) throws IOException {
    recipe(); // what is wrong with the file is not to be blamed on the settings
    return RecipeFile.read(directory.resolve(RECIPE).toString(), settings);
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

  /**
   * What {@code evaluation.json} says.
   *
   * @throws RunException if it is missing or broken
   */
  public Evaluation evaluation() throws IOException {
    return EvaluationFile.read(directory);
  }

  /** Whether a run has come to the end of an epoch. */
  public static boolean hasMetrics(Path run) {
    return Files.isRegularFile(run.resolve(METRICS));
  }

  /** The epochs so far, in order. */
  public List<EpochMetrics> metrics() throws IOException {
    return MetricsFile.parse(directory.resolve(METRICS), read(METRICS).lines().toList());
  }

  /**
   * What explains the best epoch's answers.
   *
   * @throws RunException if the run is broken
   */
  public PhotoExplainer explainer(PhotoDecoder decoder) throws IOException {
    return explainer(decoder, card());
  }

  /**
   * The same with probabilities of another temperature than the run's.
   *
   * @param card of the run but for temperature and threshold
   * @throws RunException if the run is broken
   */
  public PhotoExplainer explainer(PhotoDecoder decoder, ModelCard card) throws IOException {
    Recipe recipe = recipe();
    Wiring wiring =
        Architectures.named(recipe.model()).wiring(recipe.spec(card.labels().asList().size()));
    return new PhotoExplainer(best(), card, decoder, wiring.backbone());
  }

  /** What an exported model says about itself. */
  public ModelCard card() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", recipe().model());
    facts.putAll(provenance().facts());
    // a path of the machine that trained, or its cluster's address, is nobody else's business
    facts.remove(Provenance.DATASET);
    facts.remove(Provenance.SPARK_MASTER);
    return calibrated(ModelCard.of(labels(), preprocessing()).withProvenance(facts));
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
