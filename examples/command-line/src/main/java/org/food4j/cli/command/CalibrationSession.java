package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.train.evaluate.AcceptanceThreshold;
import org.food4j.train.evaluate.CalibrationFit;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.RiskCoverage;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.evaluate.TemperatureFit;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.report.RunReport;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.TrainedModel;

/** A finished run is given a temperature and a threshold, and is evaluated with them. */
final class CalibrationSession {
  private final Terminal terminal;
  private final Path directory;
  private final Dataset dataset;
  private final double wishedAccuracy;
  private final PhotoDecoder decoder = new NativePhotoDecoder();

  CalibrationSession(Terminal terminal, Path directory, Dataset dataset, double wishedAccuracy) {
    this.terminal = terminal;
    this.directory = directory;
    this.dataset = dataset;
    this.wishedAccuracy = wishedAccuracy;
  }

  /**
   * Fits on the validation photos, evaluates on those of {@link Dataset#heldOut}, writes.
   *
   * @throws IllegalArgumentException if the model is no finished run, or the data set not its own;
   *     nothing is written
   */
  Evaluation run() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "%s is no run directory: calibrate the run that a file was exported from, then export it again"
              .formatted(directory));
    }
    DirectoryLock lock =
        DirectoryLock.tryAcquire(DirectoryPlace.of(directory))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Another process writes to %s: wait for its end".formatted(directory)));
    try (lock) {
      return runAlone();
    }
  }

  private Evaluation runAlone() throws IOException {
    RunDirectory run = RunDirectory.open(directory);
    if (!run.isFinished()) {
      throw new IllegalArgumentException(
          "The run in %s is not finished, it has no report: first go on with food train --resume --out %s"
              .formatted(directory, directory));
    }
    run.requireOrigin(dataset, Map.of());
    DatasetArgument.photos(dataset, Split.VALIDATION);
    try (TrainedModel model = TrainedModel.open(directory)) {
      CalibrationFit fit = CalibrationFit.of(validation(model), "validation", wishedAccuracy);
      describe(fit);
      TrainedModel calibrated = model.withCard(fit.applyTo(model.card()));
      Evaluation evaluation = evaluate(calibrated);
      Recipe recipe = run.recipe();
      run.writeCalibration(
          fit,
          evaluation,
          RunReport.page(
              recipe,
              RunReport.sections(
                  recipe,
                  run.metrics(),
                  evaluation,
                  dataset.photoRoot(),
                  decoder,
                  run.explainer(decoder, calibrated.card()))));
      terminal.note("Report: " + run.report());
      terminal.note("Files exported from this run before do not have this: export it again");
      return evaluation;
    }
  }

  private Scores validation(TrainedModel model) {
    int photos = dataset.entries(Split.VALIDATION).size();
    try (Progress progress = terminal.progress("Calibrating", photos, "photos")) {
      return model.score(dataset, dataset.entries(Split.VALIDATION), decoder, progress::update);
    }
  }

  private Evaluation evaluate(TrainedModel model) {
    Split split = dataset.heldOut();
    if (split == Split.VALIDATION) {
      terminal.note(
          "The data set has no test photos: evaluating on the validation photos, which the"
              + " calibration was fitted to and is too good for");
    }
    int photos = dataset.entries(split).size();
    try (Progress progress = terminal.progress("Evaluating", photos, "photos")) {
      return model.evaluate(dataset, split, decoder, progress::update);
    }
  }

  private void describe(CalibrationFit fit) {
    TemperatureFit temperature = fit.temperature();
    terminal.note(
        "Temperature %.3f, fitted to %d validation photos: their loss %.3f to %.3f nats, calibration error %.1f to %.1f %%"
            .formatted(
                temperature.temperature(),
                temperature.photos(),
                temperature.lossBefore(),
                temperature.loss(),
                100 * temperature.calibrationErrorBefore(),
                100 * temperature.calibrationError()));
    if (fit.threshold().isPresent()) {
      AcceptanceThreshold threshold = fit.threshold().get();
      terminal.note(
          "Threshold %.1f %%: %s"
              .formatted(100 * threshold.threshold(), describe(threshold.point())));
    } else {
      terminal.note(
          "No threshold: none makes sure that %s %% of the answers are right. The nearest, %.1f %%, has %s. Ask for less with --accept-accuracy, or validate on more photos"
              .formatted(
                  shortest(100 * wishedAccuracy),
                  100 * fit.nearest().probability(),
                  describe(fit.nearest())));
    }
  }

  private static String describe(RiskCoverage.Point point) {
    return "%d of %d validation photos answered, %.1f %% of them rightly (95 %% interval from %.1f %%)"
        .formatted(
            point.accepted(),
            point.photos(),
            100 * point.accuracy(),
            100 * point.accuracyInterval().low());
  }

  /** As it was typed: 95, not 95.0. */
  private static String shortest(double value) {
    return "%.1f".formatted(value).replaceFirst("\\.0$", "");
  }
}
