package org.food4j.train.run;

import java.io.IOException;
import java.nio.file.Path;
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
    ComputationGraph graph = run.best();
    ModelCard card = run.card();
    int size = card.preprocessing().inputSize();
    OnnxModelFile.write(onnx, new OnnxExporter().export(graph, ExportOptions.photos(size)), card);
  }
}
