package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food evaluate}: what a model is worth on photos of known class. */
@Command(
    name = "evaluate",
    description =
        "Measures top-1 and top-5 of a model, with the 95 %% Wilson interval of top-1. No"
            + " augmentation.",
    footer = {
      "  food evaluate --model run --data dataset",
      "  food evaluate --model model.onnx --data new-photos --json"
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
      description = "train, validation or test (default: ${DEFAULT-VALUE}).",
      defaultValue = "test")
  private String split;

  @Mixin private JsonOption json;

  public EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Split part = SplitArgument.of(split);
    try (TrainedModel trained = TrainedModel.open(model)) {
      Dataset dataset = DatasetArgument.open(terminal, data, trained.card().labels());
      int photos = DatasetArgument.photos(dataset, part).size();
      Evaluation evaluation;
      try (Progress progress = terminal.progress("Evaluating", photos, "photos")) {
        evaluation = trained.evaluate(dataset, part, new NativePhotoDecoder(), progress::update);
      }
      json.print(
          terminal,
          new Figures(
              evaluation.photos(),
              evaluation.top1(),
              evaluation.top5(),
              evaluation.top1Interval().low(),
              evaluation.top1Interval().high()),
          () -> terminal.print(describe(evaluation)));
    }
    return 0;
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

  /** The JSON document. */
  private record Figures(int photos, double top1, double top5, double top1Low, double top1High) {}
}
