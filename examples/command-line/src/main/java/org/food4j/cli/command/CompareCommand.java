package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.McNemar;
import org.food4j.train.run.EvaluationFile;
import org.food4j.train.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food compare}: whether models differ by more than chance on the same photos. */
@Command(
    name = "compare",
    description = {
      "Measures several models on the same photos, and tests each pair for a difference (McNemar"
          + " 1947): from how many photos one model alone gets right.",
      "Without --data, the answers are compared that runs gave to their test photos and"
          + " cross-validations to all, as their evaluation.json keeps them.",
      "A difference is called significant below p = 0.05 for that pair alone; of twenty pairs of"
          + " equals, one is expected to look so."
    },
    footer = {
      "  food compare --model run-a --model run-b",
      "  food compare --model run --model model.onnx --data new-photos --json"
    })
public final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "A run directory or an .onnx file, without --data a directory with answers; two or more.")
  private List<Path> models;

  @Mixin private PhotoOptions asked;
  @Mixin private ForeignModelOptions foreign;
  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The JSON document. */
  private record Comparison(int photos, List<Row> models, List<Pair> pairs) {}

  private record Row(
      String model, int correct, double top1, double top1Low, double top1High, double top5) {}

  /** The difference is the first model's top-1 less the second's. */
  private record Pair(
      String first,
      String second,
      double difference,
      double differenceLow,
      double differenceHigh,
      double pValue,
      String test,
      boolean significant,
      int bothCorrect,
      int onlyFirst,
      int onlySecond,
      int neither,
      double sameAnswer) {}

  @Override
  public Integer call() throws IOException {
    if (models.size() < 2) {
      throw new UsageException("--model is given twice or more: one model has none to differ from");
    }
    List<Evaluation> evaluations =
        asked.data().isEmpty() ? keptAnswers() : answers(asked.data().get());
    Comparison comparison =
        new Comparison(evaluations.get(0).photos(), rows(evaluations), pairs(evaluations));
    json.print(terminal, comparison, () -> print(comparison));
    return 0;
  }

  private List<Evaluation> keptAnswers() throws IOException {
    if (asked.isSplitSet()) {
      throw new UsageException("--split is a part of --data, which is not given");
    }
    if (!foreign.said().isUnsaid()) {
      throw new UsageException(
          "--labels, --preprocessing, --input, --output and --scores are said of .onnx files, which"
              + " are compared with --data");
    }
    List<Evaluation> evaluations = new ArrayList<>();
    for (Path model : models) {
      if (!EvaluationFile.isIn(model)) {
        throw new UsageException(
            "%s keeps no answers (evaluation.json and labels.json): give the photos by --data"
                .formatted(model));
      }
      evaluations.add(EvaluationFile.read(model));
    }
    return evaluations;
  }

  private List<Evaluation> answers(Path data) throws IOException {
    Split part = asked.split();
    Dataset dataset =
        DatasetArgument.open(
            terminal,
            data,
            TrainedModel.readCard(models.get(0), foreign.saidOf(models.get(0), models)).labels());
    int photos = DatasetArgument.photos(dataset, part).size();
    List<Evaluation> evaluations = new ArrayList<>();
    for (Path model : models) {
      try (TrainedModel trained =
              TrainedModel.open(model, RuntimeSettings.alone(), foreign.saidOf(model, models));
          Progress progress = terminal.progress("Evaluating " + model, photos, "photos")) {
        evaluations.add(
            trained.evaluate(dataset, part, new NativePhotoDecoder(), progress::update));
      }
    }
    return evaluations;
  }

  private List<Row> rows(List<Evaluation> evaluations) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < evaluations.size(); i++) {
      Evaluation evaluation = evaluations.get(i);
      rows.add(
          new Row(
              models.get(i).toString(),
              evaluation.correct(),
              evaluation.top1(),
              evaluation.top1Interval().low(),
              evaluation.top1Interval().high(),
              evaluation.top5()));
    }
    return rows;
  }

  private List<Pair> pairs(List<Evaluation> evaluations) {
    List<Pair> pairs = new ArrayList<>();
    for (int first = 0; first < evaluations.size(); first++) {
      for (int second = first + 1; second < evaluations.size(); second++) {
        McNemar test = McNemar.of(evaluations.get(first), evaluations.get(second));
        pairs.add(
            new Pair(
                models.get(first).toString(),
                models.get(second).toString(),
                test.difference(),
                test.differenceLow(),
                test.differenceHigh(),
                test.pValue(),
                test.exact() ? "binomial" : "chi_square",
                test.significant(),
                test.bothCorrect(),
                test.onlyFirst(),
                test.onlySecond(),
                test.neither(),
                test.agreement()));
      }
    }
    return pairs;
  }

  private void print(Comparison comparison) {
    for (Row row : comparison.models()) {
      terminal.print(
          "%s: top-1 %.1f %% (95 %% interval %.1f to %.1f), top-5 %.1f %%, %d of %d photos right"
              .formatted(
                  row.model(),
                  100 * row.top1(),
                  100 * row.top1Low(),
                  100 * row.top1High(),
                  100 * row.top5(),
                  row.correct(),
                  comparison.photos()));
    }
    for (Pair pair : comparison.pairs()) {
      terminal.print(
          "%s against %s: %+.1f points (95 %% interval %+.1f to %+.1f), p = %s: %s"
              .formatted(
                  pair.first(),
                  pair.second(),
                  100 * pair.difference(),
                  100 * pair.differenceLow(),
                  100 * pair.differenceHigh(),
                  pair.pValue() < 0.001
                      ? "%.1e".formatted(pair.pValue())
                      : "%.3f".formatted(pair.pValue()),
                  pair.significant() ? "significant" : "not significant"));
      terminal.print(
          "  right: both %d, first alone %d, second alone %d, neither %d; the same answer to %.1f %%"
              .formatted(
                  pair.bothCorrect(),
                  pair.onlyFirst(),
                  pair.onlySecond(),
                  pair.neither(),
                  100 * pair.sameAnswer()));
    }
  }
}
