package org.food4j.train.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One small training, from photos to an ONNX file, and everything that it leaves behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunDirectoryTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  private Path folder;
  private Dataset dataset;
  private Recipe recipe;
  private RunDirectory run;
  private TrainingResult training;
  private final List<Double> losses = new ArrayList<>();

  @BeforeAll
  void train(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
    recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "input_size=32",
                "epochs=6",
                "batch_size=8",
                "augmentation=none",
                "warm_up_epochs=1"));
    Trainer trainer = new Trainer(dataset, recipe, DECODER);
    run =
        RunDirectory.create(
            folder.resolve("run"),
            recipe,
            dataset,
            trainer.preprocessing(),
            Provenance.equipment(1, Optional.of("spark://host:7077")));
    training =
        trainer.train(
            run,
            List.of(
                new TrainingObserver() {
                  @Override
                  public void step(int epoch, int step, double loss) {
                    losses.add(loss);
                  }
                }));
    try (TrainedModel model = TrainedModel.open(run.path())) {
      run.writeEvaluation(model.evaluate(dataset, Split.TEST, DECODER, Progress.NONE));
    }
  }

  @Test
  void training_ofThreePatterns_learns() {
    assertThat(training.epochs()).hasSize(6);
    assertThat(losses).hasSize(6 * 6);
    assertThat(losses.get(0)).isBetween(0.7, 3.5); // ln 3, and what untrained logits add
    assertThat(training.epochs().get(5).trainLoss())
        .isLessThan(training.epochs().get(0).trainLoss());
    assertThat(training.best().validationTop1()).isGreaterThan(0.5);
    assertThat(training.epochs().get(5).learningRate()).isLessThan(1e-4);
  }

  @Test
  void open_ofTheRun_readsBackWhatWasWritten() throws Exception {
    RunDirectory opened = RunDirectory.open(folder.resolve("run"));
    assertThat(opened.recipe()).isEqualTo(recipe);
    assertThat(opened.labels()).isEqualTo(dataset.labels());
    assertThat(opened.metrics()).isEqualTo(training.epochs());
    assertThat(opened.provenance().facts())
        .containsEntry("dataset_fingerprint", dataset.fingerprint())
        .containsEntry("dl4j", "1.0.0-M2.1")
        .containsEntry("onnxruntime", "1.28.0")
        .containsEntry("devices", "1")
        .containsEntry("spark_master", "spark://host:7077")
        .containsKeys("java", "food4j", "engine", "cores");
    assertThat(opened.card().provenance())
        .containsKey(Provenance.DEVICES)
        .doesNotContainKeys(Provenance.DATASET, Provenance.SPARK_MASTER);
  }

  @Test
  void evaluation_ofTheRun_isWrittenWithItsInterval() throws Exception {
    JsonNode written = new JsonMapper().readTree(folder.resolve("run/evaluation.json").toFile());
    assertThat(written.get("photos").asInt()).isEqualTo(dataset.entries(Split.TEST).size());
    assertThat(written.get("top1_low").asDouble()).isLessThan(written.get("top1").asDouble());
    assertThat(written.get("results")).hasSize(written.get("photos").asInt());
  }

  @Test
  void evaluation_ofTheRun_hasCountsPairsAndCalibration() throws Exception {
    JsonNode written = new JsonMapper().readTree(folder.resolve("run/evaluation.json").toFile());
    int photos = written.get("photos").asInt();
    int right = 0;
    int missed = 0;
    for (JsonNode each : written.get("classes")) {
      right += each.get("true_positives").asInt();
      missed += each.get("false_negatives").asInt();
    }
    assertThat(right).isEqualTo((int) Math.round(written.get("top1").asDouble() * photos));
    assertThat(right + missed).isEqualTo(photos);
    int confused = 0;
    for (JsonNode pair : written.get("most_confused")) {
      confused += pair.get("photos").asInt();
    }
    assertThat(confused).isEqualTo(missed);
    assertThat(written.get("calibration")).hasSize(15);
    double gap = written.get("mean_confidence").asDouble() - written.get("top1").asDouble();
    // the bins' distances add up to no less than the distance of their means
    assertThat(written.get("calibration_error").asDouble())
        .isGreaterThanOrEqualTo(Math.abs(gap) - 1e-9);
    assertThat(written.get("top5_high").asDouble()).isEqualTo(1); // of three classes
    assertThat(written.get("weighted_recall").asDouble())
        .isCloseTo(written.get("top1").asDouble(), org.assertj.core.data.Offset.offset(1e-12));
    assertThat(written.get("macro_f1").asDouble())
        .isBetween(
            written.get("macro_f1_low").asDouble() - 0.02,
            written.get("macro_f1_high").asDouble() + 0.02);
    JsonNode curve = written.get("risk_coverage");
    assertThat(curve.get(curve.size() - 1).get("accepted").asInt()).isEqualTo(photos);
    assertThat(curve.get(curve.size() - 1).get("correct").asInt()).isEqualTo(right);
    assertThat(written.get("worst_mistakes")).hasSize(Math.min(20, missed));
    assertThat(written.get("suspected_labels").size()).isLessThanOrEqualTo(photos * 15 / 100);
    assertThat(written.get("threshold").isNull()).isTrue();
    assertThat(written.get("views").asInt()).isEqualTo(1);
  }

  @Test
  void bestCheckpoint_opened_computesWhatTheValidationSaw() throws Exception {
    try (TrainedModel model = TrainedModel.open(run.path())) {
      Evaluation validation = model.evaluate(dataset, Split.VALIDATION, DECODER, Progress.NONE);
      EpochMetrics best = training.best();
      assertThat(validation.top1()).isEqualTo(best.validationTop1());
      assertThat(validation.loss())
          .isCloseTo(best.validationLoss(), org.assertj.core.data.Offset.offset(1e-5));
    }
  }

  @Test
  void export_ofTheRun_answersAsTheGraph() throws Exception {
    Path onnx = folder.resolve("model.onnx");
    RunExport.write(run, onnx);
    Scores graph;
    Scores file;
    try (TrainedModel model = TrainedModel.open(run.path())) {
      graph = model.score(dataset, dataset.entries(Split.TEST), DECODER, Progress.NONE);
    }
    try (TrainedModel model = TrainedModel.open(onnx)) {
      assertThat(model.form()).isEqualTo("onnx float32");
      file = model.score(dataset, dataset.entries(Split.TEST), DECODER, Progress.NONE);
    }
    for (int i = 0; i < graph.logits().length; i++) {
      assertThat(file.logits()[i])
          .isCloseTo(graph.logits()[i], org.assertj.core.data.Offset.offset(1e-4f));
    }
    try (PhotoClassifier classifier = PhotoClassifier.open(onnx, DECODER)) {
      var photo = dataset.entries(Split.TEST).get(0);
      assertThat(classifier.classify(dataset.photo(photo), 1).get(0).label().index())
          .isEqualTo(graph.best(0));
    }
  }

  @Test
  void score_withOtherLabelOrder_isRefused() throws Exception {
    List<String> reversed =
        dataset.labels().asList().stream()
            .map(Label::name)
            .sorted(java.util.Comparator.reverseOrder())
            .toList();
    Dataset other =
        new Dataset(
            dataset.directory(),
            dataset.photoRoot(),
            Labels.of(reversed),
            dataset.entries(),
            dataset.fingerprint());
    try (TrainedModel model = TrainedModel.open(run.path())) {
      assertThatThrownBy(
              () -> model.score(other, other.entries(Split.TEST), DECODER, Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[down, dots, across]")
          .hasMessageContaining("[across, dots, down]");
    }
  }

  @Test
  void create_whereARunIs_refusesAndLeavesItAlone() throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("run/metrics.jsonl"));
    assertThatThrownBy(
            () -> RunDirectory.create(folder.resolve("run"), recipe, dataset, run.preprocessing()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already holds a run");
    assertThat(folder.resolve("run/metrics.jsonl")).hasBinaryContent(before);
  }

  /** An existing folder cannot be moved into place as a whole. */
  @Test
  void create_killedInAnExistingFolder_leavesNoHalfOfARun() throws Exception {
    Path killed = Files.createDirectories(folder.resolve("killed"));
    Map<String, String> files = new LinkedHashMap<>();
    files.put(RunDirectory.RECIPE, "model: se_cnn\n");
    files.put(RunDirectory.PREPROCESSING, "{}");
    files.put("in no folder/labels.json", "{}");
    assertThatThrownBy(() -> new RunCreation(killed).write(files)).isInstanceOf(IOException.class);
    Files.writeString(killed.resolve(".labels.json.1-2.tmp"), "{");

    assertThat(RunDirectory.isRun(killed)).isFalse();
    assertThatThrownBy(() -> RunDirectory.resume(killed))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(killed.toString())
        .hasMessageContaining("start it anew, into the same directory");
    RunDirectory.create(killed, recipe, dataset, run.preprocessing());
    assertThat(RunDirectory.resume(killed).provenance().facts()).isNotEmpty();
    assertThat(RunDirectory.resume(killed).recover()).isEmpty();
    assertThat(killed).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void create_inAFolderOfOthers_isRefused() throws Exception {
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("letter.txt"), "mine");
    assertThatThrownBy(() -> RunDirectory.create(foreign, recipe, dataset, run.preprocessing()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not empty");
    assertThat(foreign).isDirectoryContaining("glob:**letter.txt");
  }

  @Test
  void open_ofNoModel_saysWhatIsAllowed() {
    assertThatThrownBy(() -> TrainedModel.open(folder.resolve("nothing")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run directory or an .onnx file");
    assertThatThrownBy(() -> TrainedModel.open(folder.resolve("photos")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("not a run directory");
  }

  @Test
  void open_ofAnOnnxFileWithoutACard_isRefusedNamingIt() throws Exception {
    Path onnx = folder.resolve("bare.onnx");
    ModelProto model = new OnnxExporter().export(run.best(), ExportOptions.photos(32));
    Files.write(onnx, model.toByteArray());
    assertThatThrownBy(() -> TrainedModel.open(onnx))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageStartingWith(onnx + ": ")
        .hasMessageContaining("model card");
  }

  @Test
  void files_ofABrokenRun_areNamedWithTheReason() throws Exception {
    for (String name :
        List.of(
            RunDirectory.RECIPE,
            RunDirectory.LABELS,
            RunDirectory.PREPROCESSING,
            RunDirectory.PROVENANCE,
            RunDirectory.METRICS)) {
      for (byte[] content : List.of("[1, {".getBytes(UTF_8), new byte[] {(byte) 0xff, 1})) {
        RunDirectory broken = copy(name + "-" + content.length);
        Files.write(broken.path().resolve(name), content);
        assertThatThrownBy(() -> readAll(broken))
            .isInstanceOf(RunException.class)
            .hasMessageStartingWith(broken.path().resolve(name) + ": ")
            .hasCauseInstanceOf(Exception.class);
      }
    }
  }

  @Test
  void checkpoint_truncated_isNamedWithTheReason() throws Exception {
    RunDirectory broken = copy("truncated");
    byte[] whole = Files.readAllBytes(broken.bestCheckpoint());
    for (int length : new int[] {0, 100, whole.length / 2, whole.length - 10}) {
      Files.write(broken.bestCheckpoint(), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TrainedModel.open(broken.path()))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith(broken.bestCheckpoint() + ": the checkpoint is damaged");
    }
  }

  private static void readAll(RunDirectory run) throws IOException {
    run.recipe();
    run.labels();
    run.preprocessing();
    run.provenance();
    run.metrics();
  }

  private RunDirectory copy(String name) throws IOException {
    Path target = folder.resolve("copies").resolve(name);
    try (Stream<Path> files = Files.walk(run.path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = target.resolve(run.path().relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return RunDirectory.open(target);
  }

  @Test
  void trainer_withAWarmUpOfAllSteps_saysSoBeforeAnythingIsWritten() throws Exception {
    Recipe warm =
        RecipeFile.read(
            "scratch", List.of("input_size=32", "batch_size=8", "epochs=1", "warm_up_epochs=0.99"));
    assertThatThrownBy(() -> new Trainer(dataset, warm, DECODER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warm_up_epochs 0.99 rounds to all 6 steps");
  }

  @Test
  void trainer_withTooFewPhotosForABatch_saysSo() throws Exception {
    Recipe large = RecipeFile.read("scratch", List.of("batch_size=64"));
    assertThatThrownBy(() -> new Trainer(dataset, large, DECODER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("48 training photos do not fill one batch of 64");
  }
}
