package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.cli.triton.TritonRepository;
import org.food4j.data.manifest.Labels;
import org.food4j.models.onnx.OnnxModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food triton}: a model for the Triton Inference Server. */
@Command(
    name = "triton",
    description = {
      "Writes an ONNX file into a model repository of the Triton Inference Server, with its"
          + " configuration and labels: DIR/NAME/config.pbtxt, labels.txt and 1/model.onnx.",
      "Triton takes tensors, not photos: how a photo becomes one stands in the configuration's"
          + " parameters. food export --uint8-input leaves less of it to clients."
    },
    footer = {
      "  food triton --model model.onnx --out models --name food",
      "  tritonserver --model-repository models"
    })
public final class TritonCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model, this library's or any other.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The repository; a model of the same name in it is replaced.")
  private Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name there (default: its file's).")
  private String name;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "The most photos that Triton computes together (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--queue-delay",
      paramLabel = "MICROSECONDS",
      defaultValue = "0",
      description =
          "How long Triton waits for more photos of a batch (default: ${DEFAULT-VALUE}, which adds"
              + " nothing when there is little to do).")
  private long delay;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Classes of a file made elsewhere, labels.json or a text file, a name a line.")
  private Path labels;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public TritonCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (batch < 1 || delay < 0) {
      throw new UsageException(
          "--max-batch is at least 1 and --queue-delay at least 0, not %d and %d"
              .formatted(batch, delay));
    }
    OnnxModelFile.requireFile(model);
    Optional<Labels> said = labels == null ? Optional.empty() : Optional.of(Labels.read(labels));
    TritonRepository.Written written =
        new TritonRepository(out)
            .write(
                model,
                name == null ? model.getFileName().toString().replaceFirst("\\.onnx$", "") : name,
                new TritonRepository.Batching(
                    batch, Duration.ofNanos(Math.multiplyExact(delay, 1000L))),
                said);
    if (written.mostRows() == 0) {
      terminal.note("The file fixes its batch: Triton computes requests one by one");
    }
    if (written.labels() == 0) {
      terminal.note("The file names no classes: --labels says them");
    }
    json.print(terminal, written, () -> terminal.print("Written: " + written.folder()));
    return 0;
  }
}
