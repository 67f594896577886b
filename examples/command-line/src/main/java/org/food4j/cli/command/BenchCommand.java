package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.food4j.bench.measure.Subject;
import org.food4j.bench.measure.WorkerException;
import org.food4j.bench.measure.WorkerProcesses;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkDirectory;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.ResultRow;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.Split;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.train.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code food bench}: models in any form, side by side. */
@Command(
    name = "bench",
    description = {
      "Measures models in any form over one data set: accuracy, agreement with a reference,"
          + " latency, photos per second, time to load, memory, file size; and says in words which"
          + " to use.",
      "Rounds alternate between the models, each in a process of its own; raw samples are kept."
    },
    footer = {
      "  food bench --model model.onnx --model int8.onnx --model run --data dataset --out bench",
      "  food bench --like bench --out again",
      "  food bench report bench-cpu bench-gpu --out both",
      "  food bench step --model se_cnn --batch 16 --size 128"
    })
public final class BenchCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Class<?> main;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A run directory or an .onnx file; given again for each model. The first is the one that"
              + " others are held against.")
  private List<Path> models;

  @Mixin private PhotoOptions asked;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Takes results.json, results.csv, the models' answers, report.html and report.md.")
  private Path out;

  @Option(
      names = "--reference",
      paramLabel = "NAME",
      description = "The model that others are held against, as results name it.")
  private String reference;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      split = ",",
      description =
          "What ONNX Runtime computes on: cpu, cuda, tensorrt, or several with commas (default:"
              + " cpu). Runs are computed by DL4J.")
  private List<String> providers;

  @Option(
      names = "--like",
      paramLabel = "DIR",
      description =
          "Repeat an earlier benchmark: the same models, data and settings, what was said of .onnx"
              + " files made elsewhere included, and compare with it.")
  private Path like;

  @Mixin private MeasuringOptions measuring;
  @Mixin private ForeignModelOptions foreign;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  /**
   * @param main the class whose main method is the {@code food} command
   */
  public BenchCommand(Terminal terminal, Class<?> main) {
    this.terminal = terminal;
    this.main = main;
  }

  @Override
  public Integer call() throws IOException {
    BenchmarkSession session = like == null ? session() : repetition();
    try {
      print(terminal, json, session.run(terminal, out));
    } catch (WorkerException e) {
      if (isDebug()) {
        e.log().lines().forEach(terminal::note);
      }
      throw e;
    }
    return 0;
  }

  /** A global option, whose value the root of the commands has. */
  private boolean isDebug() {
    OptionSpec debug = spec.root().findOption("--debug");
    return debug != null && Boolean.TRUE.equals(debug.getValue());
  }

  private BenchmarkSession session() throws IOException {
    // Checked here: options that picocli requires of a group would be required of its verbs too.
    if (models == null || asked.data().isEmpty() || out == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--model, --data and --out are needed, or --like and --out, or a command: report, step");
    }
    PathArguments.requireEachOnce("--model", models);
    BenchmarkDirectory.requirePlace(out);
    BenchmarkSettings settings = measuring.settings();
    List<Subject> subjects = new ArrayList<>(Subject.of(models, providers()));
    List<String> names = subjects.stream().map(Subject::name).distinct().toList();
    if (reference != null && !names.contains(reference)) {
      throw new UsageException("--reference is one of %s, not '%s'".formatted(names, reference));
    }
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      subjects.set(i, subject.saying(foreign.saidOf(subject.path(), models)));
    }
    Subject first = subjects.get(0);
    BenchmarkPhotos photos =
        photos(
            asked.data().get(),
            asked.split(),
            TrainedModel.readCard(first.path(), first.said()).labels());
    return session(
        subjects, photos, settings, reference == null ? names.get(0) : reference, Optional.empty());
  }

  private BenchmarkSession repetition() throws IOException {
    if (out == null
        || models != null
        || asked.data().isPresent()
        || asked.isSplitSet()
        || providers != null
        || reference != null
        || measuring.isAnySet()
        || foreign.isAnySet()) {
      throw new UsageException(
          "--like takes models, data, settings and what was said of .onnx files from the earlier"
              + " benchmark: give it --out and nothing else");
    }
    if (PathArguments.areSame(out, like)) {
      throw new UsageException("--out would replace the benchmark that --like repeats: " + out);
    }
    BenchmarkDirectory.requirePlace(out);
    Benchmark before = BenchmarkDirectory.read(like);
    if (before.sources().size() > 1) {
      throw new UsageException(
          "%s was merged from several benchmarks: repeat one of them".formatted(like));
    }
    before.models().forEach(model -> model.provider().requireAvailable());
    BenchmarkPhotos photos =
        photos(before.photos().directory(), before.photos().split(), before.photos().labels());
    if (!photos.areThoseOf(before.photos())) {
      throw new IllegalArgumentException(
          "The photos of %s are not those of %s any more: the data set has changed"
              .formatted(photos.directory(), like));
    }
    List<Subject> subjects = new ArrayList<>();
    for (MeasuredModel model : before.models()) {
      subjects.add(new Subject(model.path(), model.name(), model.provider(), model.said()));
    }
    return session(
        subjects,
        photos,
        before.sources().get(0).settings(),
        before.referenceModel().name(),
        Optional.of(before));
  }

  private BenchmarkSession session(
      List<Subject> subjects,
      BenchmarkPhotos photos,
      BenchmarkSettings settings,
      String reference,
      Optional<Benchmark> before) {
    return new BenchmarkSession(
        subjects,
        photos,
        settings,
        reference,
        before,
        new WorkerProcesses(new WorkerJvm(main, workerArguments())));
  }

  private List<String> workerArguments() {
    return isDebug() ? List.of("--debug") : List.of();
  }

  private BenchmarkPhotos photos(Path path, Split part, Labels labels) throws IOException {
    Dataset dataset = DatasetArgument.open(terminal, path, labels);
    return BenchmarkPhotos.of(dataset, part);
  }

  private Set<ExecutionProvider> providers() {
    Set<ExecutionProvider> chosen = new LinkedHashSet<>();
    for (String name : providers == null ? List.of(ExecutionProvider.CPU.key()) : providers) {
      try {
        chosen.add(ExecutionProvider.of(name));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--provider: " + e.getMessage());
      }
    }
    return chosen;
  }

  /** What came out of a benchmark, however it was come by. */
  static void print(Terminal terminal, JsonOption json, BenchmarkSession.Outcome outcome) {
    json.print(
        terminal,
        outcome.rows().stream().map(ResultRow::figures).toList(),
        () -> {
          table(terminal, outcome.rows());
          outcome.verdicts().sentences().forEach(terminal::print);
          outcome
              .repetition()
              .ifPresent(verdict -> terminal.print("Compared with before: " + verdict));
          terminal.print("Report: " + outcome.directory().report());
        });
  }

  private static void table(Terminal terminal, List<ResultRow> rows) {
    terminal.print(
        "%-16s %-17s %6s %6s %6s %9s %9s %9s"
            .formatted("model", "form", "top-1", "top-5", "batch", "p50 ms", "p95 ms", "photos/s"));
    for (ResultRow row : rows) {
      terminal.print(
          "%-16s %-17s %5.1f%% %5.1f%% %6d %9.2f %9.2f %9.1f"
              .formatted(
                  row.model(),
                  row.form(),
                  100 * row.top1(),
                  100 * row.top5(),
                  row.batch(),
                  row.p50Ms(),
                  row.p95Ms(),
                  row.photosPerSecond()));
    }
  }
}
