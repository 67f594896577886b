package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.food4j.data.file.OutputFile;
import org.food4j.models.onnx.OnnxModelFile;
import picocli.CommandLine.Option;

/** The model file that a command makes another form of, and where that goes. */
final class RewriteOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model, this library's or any other.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The file, another than the model; an existing one is replaced.")
  private Path out;

  Path model() {
    return model;
  }

  Path out() {
    return out;
  }

  /**
   * Checks that there is a model, that the result can be written, and that it leaves its source
   * alone.
   *
   * @throws UsageException if both are the same file, by whatever names
   * @throws IllegalArgumentException if no file can be written there
   * @throws org.food4j.models.onnx.UnreadableModelException if the model is no file, or empty
   */
  void check() throws IOException {
    OutputFile.requirePlace(out);
    OnnxModelFile.requireFile(model);
    if (Files.exists(out) && Files.isSameFile(out, model)) {
      throw new UsageException(
          "--out %s is the file of --model, which is kept: name another".formatted(out));
    }
  }
}
