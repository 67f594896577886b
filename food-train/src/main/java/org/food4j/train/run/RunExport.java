package org.food4j.train.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;

/** A run's best epoch as an ONNX file that carries labels, preprocessing and provenance. */
public final class RunExport {
  private RunExport() {}

  /**
   * Writes the file, over an existing one, whole or not at all.
   *
   * @throws IOException if the run is broken or the file cannot be written
   */
  public static void write(RunDirectory run, Path onnx) throws IOException {
    write(run, onnx, UnaryOperator.identity());
  }

  /**
   * Writes a file with more inputs and outputs than the network has; otherwise as {@link
   * #write(RunDirectory, Path)}.
   *
   * @param wanted adds them to the options that fit the run: {@code
   *     ExportOptions::withClassActivation}
   * @throws IllegalArgumentException if the network has no such output
   */
  public static void write(RunDirectory run, Path onnx, UnaryOperator<ExportOptions> wanted)
      throws IOException {
    ComputationGraph graph = run.best();
    ModelCard card = run.card();
    int size = card.preprocessing().inputSize();
    ExportOptions options = wanted.apply(ExportOptions.photos(size));
    OnnxModelFile.write(onnx, new OnnxExporter().export(graph, options), card);
  }
}
