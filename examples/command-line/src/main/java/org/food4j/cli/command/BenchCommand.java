package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.bench.result.LatencyRow;
import org.food4j.bench.result.ResultRow;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.train.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code food bench}: models in any form, side by side. */
@Command(
    name = "bench",
    description = {
      "Measures models in any form over one data set: accuracy, latency at batch 1, 8 and 32,"
          + " photos per second, file size.",
      "Rounds alternate between the models, one open at a time; raw samples are kept."
    },
    footer = {
      "  food bench --model run --model model.onnx --data dataset --out bench",
      "  food bench step --model se_cnn --batch 16 --size 128"
    })
public final class BenchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A run directory or an .onnx file; given again for each model.")
  private List<Path> models;

  @Option(
      names = "--data",
      paramLabel = "DATASET|DIR",
      description =
          "A prepared data set, or a folder of class folders named as the models' labels.")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Takes results.json, results.csv and report.html.")
  private Path out;

  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  public BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    // Checked here: options that picocli requires of a group would be required of its verbs too.
    if (models == null || data == null || out == null) {
      throw new ParameterException(
          spec.commandLine(), "--model, --data and --out are needed, or a command: step");
    }
    if (models.stream().distinct().count() < models.size()) {
      throw new UsageException("A model is named twice: " + models);
    }
    Dataset dataset =
        DatasetArgument.open(terminal, data, TrainedModel.readCard(models.get(0)).labels());
    BenchmarkSession session =
        new BenchmarkSession(
            terminal, models, dataset, DatasetArgument.photos(dataset, Split.TEST), out);
    BenchmarkSession.Outcome outcome = session.run();
    json.print(
        terminal,
        outcome.rows().stream().map(ResultRow::of).toList(),
        () -> {
          print(terminal, outcome.rows());
          terminal.print(outcome.verdict());
          terminal.print("Report: " + outcome.directory().report());
        });
    return 0;
  }

  /** The rows as a table. */
  static void print(Terminal terminal, List<LatencyRow> rows) {
    terminal.print(
        "%-16s %-13s %6s %6s %6s %9s %9s %9s"
            .formatted("model", "form", "top-1", "top-5", "batch", "p50 ms", "p95 ms", "photos/s"));
    for (LatencyRow row : rows) {
      ResultRow r = ResultRow.of(row);
      terminal.print(
          "%-16s %-13s %5.1f%% %5.1f%% %6d %9.2f %9.2f %9.1f"
              .formatted(
                  r.model(),
                  r.form(),
                  100 * r.top1(),
                  100 * r.top5(),
                  r.batch(),
                  r.p50Ms(),
                  r.p95Ms(),
                  r.photosPerSecond()));
    }
  }
}
