package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.onnx.ModelCard;
import org.food4j.train.evaluate.AcceptanceThreshold;
import org.food4j.train.evaluate.CalibrationFit;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.loop.Trainer;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Temperature and threshold of a run, from the fit to the answers of its ONNX file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunCalibrationTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  private Path folder;
  private Dataset dataset;
  private RunDirectory run;

  @BeforeAll
  void train(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
    Recipe recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "input_size=32",
                "epochs=1",
                "batch_size=8",
                "augmentation=none",
                "warm_up_epochs=0"));
    Trainer trainer = new Trainer(dataset, recipe, DECODER);
    run = RunDirectory.create(folder.resolve("run"), recipe, dataset, trainer.preprocessing());
    trainer.train(run, List.of());
    try (TrainedModel model = TrainedModel.open(run.path())) {
      run.writeEvaluation(model.evaluate(dataset, Split.TEST, DECODER, Progress.NONE));
    }
  }

  private Scores validationScores() throws IOException {
    try (TrainedModel model = TrainedModel.open(run.path())) {
      return model.score(dataset, dataset.entries(Split.VALIDATION), DECODER, Progress.NONE);
    }
  }

  private static void calibrate(RunDirectory run, Dataset dataset, CalibrationFit fit)
      throws IOException {
    try (TrainedModel model = TrainedModel.open(run.path())) {
      Evaluation evaluation =
          model
              .withCard(fit.applyTo(model.card()))
              .evaluate(dataset, Split.TEST, DECODER, Progress.NONE);
      run.writeCalibration(fit, evaluation, new HtmlPage("Calibrated", "", List.of()));
    }
  }

  @Test
  void calibration_ofARun_isItsCardsTemperatureAndThreshold() throws Exception {
    assertThat(run.card().temperature()).isEqualTo(1);
    RunDirectory calibrated = copy("calibrated");
    Scores scores = validationScores();
    // what is reached with the surest photos is reached by some threshold
    double reached =
        CalibrationFit.of(scores, "validation", 0.5).nearest().accuracyInterval().low();
    CalibrationFit fit = CalibrationFit.of(scores, "validation", reached);
    double temperature = fit.temperature().temperature();
    double threshold = fit.threshold().orElseThrow().threshold();
    calibrate(calibrated, dataset, fit);

    assertThat(fit.temperature().loss()).isLessThanOrEqualTo(fit.temperature().lossBefore());
    ModelCard card = RunDirectory.open(calibrated.path()).card();
    assertThat(card.temperature()).isEqualTo(temperature);
    assertThat(card.threshold()).hasValue(threshold);
    JsonNode evaluation = json(calibrated, "evaluation.json");
    assertThat(evaluation.get("temperature").asDouble()).isEqualTo(temperature);
    assertThat(evaluation.get("threshold").asDouble()).isEqualTo(threshold);
    assertThat(evaluation.get("top1")).isEqualTo(json(run, "evaluation.json").get("top1"));
    assertThat(calibrated.report()).content().contains("Calibrated");
    try (Stream<Path> files = Files.list(calibrated.path())) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }

    // a threshold that is no longer reached is no longer there
    calibrate(calibrated, dataset, CalibrationFit.of(scores, "validation", 0.999));
    assertThat(calibrated.card().threshold()).isEmpty();
    assertThat(calibrated.card().temperature()).isEqualTo(temperature);
    assertThat(json(calibrated, "evaluation.json").get("threshold").isNull()).isTrue();
  }

  @Test
  void calibration_thatIsBroken_isNamedWithTheReason() throws Exception {
    RunDirectory broken = copy("broken-calibration");
    Path file = broken.path().resolve("calibration.json");
    for (String[] each :
        new String[][] {
          {"{\"temperature\": -1}", "A temperature is above 0, not -1"},
          {"{\"temperature\": 1, \"threshold\": 2}", "from 0 to 1, not 2.0"},
          {"{\"temperature\": ", "Unexpected end-of-input"}
        }) {
      Files.writeString(file, each[0]);
      assertThatThrownBy(broken::card)
          .isInstanceOf(RunException.class)
          .hasMessageContaining("calibration.json")
          .hasMessageContaining(each[1]);
    }
    Files.writeString(file, "{\"temperature\": 2.5, \"split\": \"validation\", \"photos\": 9}");
    assertThat(broken.card().temperature()).isEqualTo(2.5);
    assertThat(broken.card().threshold()).isEmpty(); // as written before there were thresholds
  }

  @Test
  void calibration_thatCannotBeWritten_leavesTheRunAsItWas() throws Exception {
    RunDirectory calibrated = copy("unwritable");
    byte[] before = Files.readAllBytes(calibrated.path().resolve("evaluation.json"));
    Files.createDirectories(calibrated.path().resolve("calibration.json/in-the-way"));
    CalibrationFit fit = CalibrationFit.of(validationScores(), "validation", 0.5);
    Evaluation evaluation;
    try (TrainedModel model = TrainedModel.open(run.path())) {
      evaluation = model.evaluate(dataset, Split.TEST, DECODER, Progress.NONE);
    }

    assertThatThrownBy(
            () ->
                calibrated.writeCalibration(
                    fit, evaluation, new HtmlPage("Calibrated", "", List.of())))
        .isInstanceOf(IOException.class);
    assertThat(calibrated.path().resolve("evaluation.json")).hasBinaryContent(before);
    assertThat(calibrated.report()).doesNotExist();
  }

  @Test
  void threshold_ofTheRun_isObeyedAlikeInItsFile() throws Exception {
    RunDirectory calibrated = copy("threshold");
    Scores scores = validationScores();
    CalibrationFit fitted = CalibrationFit.of(scores, "validation", 0.5);
    List<Double> probabilities;
    try (TrainedModel model = TrainedModel.open(run.path())) {
      ModelCard card = fitted.applyTo(model.card());
      probabilities =
          model
              .withCard(card)
              .evaluate(dataset, Split.TEST, DECODER, Progress.NONE)
              .results()
              .stream()
              .map(result -> (double) result.probabilities().get(0))
              .sorted()
              .toList();
    }
    int middle = probabilities.size() / 2;
    double threshold = (probabilities.get(middle - 1) + probabilities.get(middle)) / 2;
    CalibrationFit fit =
        new CalibrationFit(
            fitted.temperature(),
            0.5,
            Optional.of(new AcceptanceThreshold(threshold, 0.5, fitted.nearest())),
            fitted.nearest());
    calibrate(calibrated, dataset, fit);
    Path onnx = folder.resolve("threshold.onnx");
    RunExport.write(calibrated, onnx);

    int refused = 0;
    try (TrainedModel byGraph = TrainedModel.open(calibrated.path());
        PhotoClassifier graph = new PhotoClassifier(byGraph.classifier(), byGraph.card(), DECODER);
        PhotoClassifier file = PhotoClassifier.open(onnx, DECODER)) {
      assertThat(file.card().threshold()).hasValue(threshold);
      for (ManifestEntry photo : dataset.entries(Split.TEST)) {
        Answer ofGraph = graph.answer(dataset.photo(photo), 3);
        Answer ofFile = file.answer(dataset.photo(photo), 3);
        assertThat(ofFile.noneOfThese()).as(photo.path()).isEqualTo(ofGraph.noneOfThese());
        assertThat(ofFile.predictions()).hasSize(3);
        assertThat(ofFile.best().label()).isEqualTo(ofGraph.best().label());
        refused += ofGraph.noneOfThese() ? 1 : 0;
      }
    }
    assertThat(refused).isEqualTo(middle);
    assertThat(json(calibrated, "calibration.json").get("accept_accuracy").asDouble())
        .isEqualTo(0.5);
  }

  private static JsonNode json(RunDirectory run, String name) throws IOException {
    return new JsonMapper().readTree(run.path().resolve(name).toFile());
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
}
