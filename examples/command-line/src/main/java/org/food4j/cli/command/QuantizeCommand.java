package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food quantize}: a float32 ONNX file in other numbers. */
@Command(
    name = "quantize",
    description = {
      "Makes a float32 ONNX file compute with eight-bit integers: static measures the activations'"
          + " ranges on training photos beforehand; dynamic lets every run find them, and needs no"
          + " photos.",
      "Or makes it smaller: fp16 computes in float16, for GPUs; weights stores the weights alone"
          + " as int8.",
      "With --max-loss or --min-snr, the parts of the network that suffer most stay float until"
          + " the answers are good enough. Test photos are never used."
    },
    footer = {
      "  food quantize --model model.onnx --mode static --data dataset --out int8.onnx",
      "  food quantize --model model.onnx --mode static --data dataset --max-loss 0.5 --out int8.onnx",
      "  food quantize --model model.onnx --mode fp16 --out half.onnx"
    })
public final class QuantizeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private RewriteOptions files;

  @Option(
      names = "--mode",
      required = true,
      paramLabel = "MODE",
      converter = QuantizationMode.Modes.class,
      completionCandidates = QuantizationMode.Modes.class,
      description = "${COMPLETION-CANDIDATES}.")
  private QuantizationMode mode;

  @Option(
      names = "--data",
      paramLabel = "DATASET|DIR",
      description =
          "Photos to measure on and to judge by: a prepared data set, or a folder of class folders"
              + " named as the model's labels. Static needs them.")
  private Path data;

  @Mixin private QuantizationOptions options;

  @Mixin private ForeignModelOptions foreign;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public QuantizeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    options.check(mode, data != null);
    if (mode == QuantizationMode.STATIC && data == null) {
      throw new UsageException("--mode static measures activations: name photos with --data");
    }
    files.check();
    Path model = files.model();
    QuantizationFigures figures =
        new QuantizationSession(
                terminal, model, mode, options, foreign.saidOf(model, List.of(model)))
            .run(Optional.ofNullable(data), files.out());
    json.print(terminal, figures, () -> figures.lines().forEach(terminal::print));
    return 0;
  }
}
