package org.food4j.train.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.food4j.models.layer.NativeEngine;

/** Reads a DL4J model file. */
final class CheckpointFile {
  private CheckpointFile() {}

  /**
   * The graph, with the optimiser's state if the file has it.
   *
   * @throws RunException if the file is missing or damaged
   */
  static ComputationGraph read(Path file) throws RunException {
    NativeEngine.start();
    try {
      // DL4J reads the archive as a stream and does not notice that its end is missing
      new ZipFile(file.toFile()).close();
      return ModelSerializer.restoreComputationGraph(file.toFile(), true);
    } catch (IOException | RuntimeException e) {
      // DL4J meets a damaged file with a ZipException, a JSON error, a null or an index, as it
      // comes
      throw new RunException(file, "the checkpoint is damaged and cannot be read: " + e, e);
    }
  }

  /**
   * The graph without its weights: it is not initialised, and good for its configuration alone.
   *
   * @throws RunException if the file is missing or damaged
   */
  static ComputationGraph readConfiguration(Path file) throws RunException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream json = zip.getInputStream(zip.getEntry(ModelSerializer.CONFIGURATION_JSON))) {
      return new ComputationGraph(
          ComputationGraphConfiguration.fromJson(
              new String(json.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException e) {
      throw new RunException(file, "the checkpoint is damaged and cannot be read: " + e, e);
    }
  }
}
