package org.food4j.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.bench.measure.StepTime;
import org.food4j.bench.result.Samples;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.kernel.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food bench step}: how long one inference batch and one training step take. */
@Command(
    name = "step",
    description =
        "Times one inference batch and one training step of a network on made-up photos: forward,"
            + " backward, AdamW; 34 classes, label smoothing 0.1.",
    footer = "  food bench step --model se_cnn --batch 16 --size 128 --json")
public final class BenchStepCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--model", required = true, paramLabel = "NAME", description = "The network.")
  private String model;

  @Option(names = "--batch", required = true, paramLabel = "N", description = "Photos per step.")
  private int batch;

  @Option(
      names = "--size",
      required = true,
      paramLabel = "PX",
      description = "Height and width of the input.")
  private int size;

  @Option(
      names = "--bf16",
      description =
          "The training step's convolutions multiply in bfloat16, as with precision: bfloat16 in a"
              + " recipe. Inference stays float32.")
  private boolean bf16;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Timed steps of each kind (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description =
          "Untimed steps of each kind before, at least two (default: ${DEFAULT-VALUE}). The JVM"
              + " compiles for the first seconds.",
      defaultValue = "10")
  private double warmUp;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public BenchStepCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (batch < 1 || repeats < 1) {
      throw new UsageException(
          "--batch and --repeats are at least 1, not %d and %d".formatted(batch, repeats));
    }
    if (!(warmUp >= 0)) {
      throw new UsageException("--warm-up is at least 0 seconds, not " + warmUp);
    }
    Precision precision = bf16 ? Precision.BFLOAT16 : Precision.FLOAT32;
    StepTime time =
        StepTime.measure(Architectures.named(model), batch, size, repeats, warmUp, precision);
    Document document =
        new Document(
            time.model(),
            time.batch(),
            time.size(),
            time.threads(),
            true,
            bf16,
            false,
            time.parameters(),
            Timed.of(time.inference()),
            Timed.of(time.training()));
    json.print(
        terminal,
        document,
        () -> {
          terminal.print(
              "%s, batch %d, %d px, training in %s, %d threads (medians of %d)"
                  .formatted(model, batch, size, precision.key(), time.threads(), repeats));
          terminal.print("inference batch  %9.2f ms".formatted(document.inference().medianMs()));
          terminal.print("training step    %9.2f ms".formatted(document.training().medianMs()));
        });
    return 0;
  }

  /**
   * The JSON document.
   *
   * @param channelsLast whether feature maps are stored {@code [batch, height, width, channels]}
   * @param bf16 whether the training step's convolutions multiply in bfloat16
   * @param compile whether the graph is compiled ahead; DL4J does not
   */
  private record Document(
      String model,
      int batch,
      int size,
      int threads,
      boolean channelsLast,
      boolean bf16,
      boolean compile,
      long parameters,
      Timed inference,
      Timed training) {}

  private record Timed(double medianMs, List<Double> samplesMs) {
    static Timed of(Samples samples) {
      return new Timed(
          rounded(samples.medianMs()), samples.samplesMs().stream().map(Timed::rounded).toList());
    }

    private static double rounded(double ms) {
      return Math.round(ms * 100) / 100.0;
    }
  }
}
