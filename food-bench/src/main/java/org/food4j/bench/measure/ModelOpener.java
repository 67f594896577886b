package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Path;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.train.run.TrainedModel;

/** How a model is opened: {@code TrainedModel::open}, or with what a file does not say itself. */
@FunctionalInterface
public interface ModelOpener {
  /**
   * Opens a model.
   *
   * @param model a run directory or an ONNX file
   * @param settings of ONNX Runtime
   * @throws IOException if it is broken
   */
  TrainedModel open(Path model, RuntimeSettings settings) throws IOException;
}
