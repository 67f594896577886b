package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.train.evaluate.AcceptanceThreshold;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.TestTimeAugmentation;
import org.food4j.train.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food evaluate}: what a model is worth on photos of known class. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model on photos of known class: top-1 and top-5 with their 95 %% Wilson intervals,"
          + " precision, recall and F1 (macro and weighted), calibration, risk and coverage.",
      "With --calibrate, a run learns from its validation photos how far its probabilities can be"
          + " trusted: a temperature for them, and a threshold below which it answers \"none of"
          + " these\". Its evaluation and report are written again; exported files must be, too."
    },
    footer = {
      "  food evaluate --model run --data dataset",
      "  food evaluate --model run --data dataset --calibrate",
      "  food evaluate --model model.onnx --data new-photos --tta 10 --json"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "A run directory or an .onnx file.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DATASET|DIR",
      description =
          "A prepared data set, or a folder of class folders named as the model's labels.")
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "train, validation or test (default: test).")
  private String split;

  @Option(
      names = "--tta",
      paramLabel = "N",
      description =
          "Test-time augmentation, averaging N views of each photo: 2 the middle and its mirror"
              + " image, 5 middle and corners, 10 these and their mirror images (default: 1, none).")
  private Integer views;

  @Option(
      names = "--calibrate",
      description = "Fit temperature and threshold, and keep them in the run.")
  private boolean calibrate;

  @Option(
      names = "--accept-accuracy",
      paramLabel = "SHARE",
      description =
          "With --calibrate: the share of right answers, above 0 and below 1, that the threshold"
              + " makes sure of (default: "
              + AcceptanceThreshold.DEFAULT_ACCURACY
              + ").")
  private Double acceptAccuracy;

  @Mixin private ForeignModelOptions foreign;
  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Evaluation evaluation = calibrate ? calibrated() : evaluated();
    EvaluationFigures figures = EvaluationFigures.of(evaluation);
    json.print(
        terminal,
        figures,
        () -> {
          terminal.print(describe(evaluation));
          figures.lines().forEach(terminal::print);
        });
    return 0;
  }

  private Evaluation evaluated() throws IOException {
    if (acceptAccuracy != null) {
      throw new UsageException("--accept-accuracy goes with --calibrate");
    }
    Split part = split == null ? Split.TEST : SplitArgument.of(split);
    TestTimeAugmentation augmentation = augmentation();
    try (TrainedModel trained = TrainedModel.open(model, RuntimeSettings.alone(), foreign.said())) {
      Dataset dataset = DatasetArgument.open(terminal, data, trained.card().labels());
      int photos = DatasetArgument.photos(dataset, part).size();
      try (Progress progress = terminal.progress("Evaluating", photos, "photos")) {
        return trained.evaluate(
            dataset, part, augmentation, new NativePhotoDecoder(), progress::update);
      }
    }
  }

  private TestTimeAugmentation augmentation() {
    try {
      return views == null ? TestTimeAugmentation.NONE : TestTimeAugmentation.of(views);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tta: " + e.getMessage());
    }
  }

  private Evaluation calibrated() throws IOException {
    if (!foreign.said().isUnsaid()) {
      throw new UsageException("--calibrate is for runs, which say all about themselves");
    }
    if (split != null || views != null) {
      throw new UsageException(
          "--calibrate fits to the validation photos and judges by the test photos, in one view as"
              + " food predict sees them: leave --split and --tta out");
    }
    double accuracy =
        acceptAccuracy == null ? AcceptanceThreshold.DEFAULT_ACCURACY : acceptAccuracy;
    if (!(accuracy > 0 && accuracy < 1)) {
      throw new UsageException(
          "--accept-accuracy is above 0 and below 1, 0.95 for example, not " + accuracy);
    }
    return new CalibrationSession(terminal, model, Dataset.open(data), accuracy).run();
  }

  /** The figures in one line. */
  static String describe(Evaluation evaluation) {
    return "%s top-1 %.1f %% (95 %% interval %.1f to %.1f), top-5 %.1f %%, on %d photos of %d classes"
        .formatted(
            capitalised(evaluation.split()),
            100 * evaluation.top1(),
            100 * evaluation.top1Interval().low(),
            100 * evaluation.top1Interval().high(),
            100 * evaluation.top5(),
            evaluation.photos(),
            evaluation.labels().size());
  }

  private static String capitalised(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
