package org.food4j.train.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.food4j.data.file.AtomicFile;
import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J model file, with an entry of ours: the averaged parameters. */
final class CheckpointFile {
  /** One array in ND4J's binary form, as DL4J's own {@code coefficients.bin}. */
  static final String AVERAGE = "averageCoefficients.bin";

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

  /**
   * Replaces a file atomically. As {@link ModelSerializer#writeModel}, but without compression:
   * floats hardly shrink, and deflating them takes longer than a tenth of an epoch.
   *
   * @param optimizer whether to write the optimiser's state
   * @param average parameters to be written besides the graph's
   */
  static void write(
      Path file, ComputationGraph graph, boolean optimizer, Optional<INDArray> average)
      throws IOException {
    AtomicFile.write(
        file,
        temporary -> {
          try (ZipOutputStream zip =
              new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(ModelSerializer.CONFIGURATION_JSON));
            zip.write(graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
            write(zip, ModelSerializer.COEFFICIENTS_BIN, graph.params());
            INDArray state = optimizer ? graph.getUpdater().getStateViewArray() : null;
            if (state != null && !state.isEmpty()) { // plain SGD has none
              write(zip, ModelSerializer.UPDATER_BIN, state);
            }
            if (average.isPresent()) {
              write(zip, AVERAGE, average.get());
            }
          }
        });
  }

  private static void write(ZipOutputStream zip, String name, INDArray values) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip));
    Nd4j.write(values, out);
    out.flush();
  }

  /**
   * The averaged parameters.
   *
   * @return empty if the file has none
   * @throws RunException if it is damaged
   */
  static Optional<INDArray> readAverage(Path file) throws RunException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(AVERAGE);
      if (entry == null) {
        return Optional.empty();
      }
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
        return Optional.of(Nd4j.read(in));
      }
    } catch (IOException | RuntimeException e) {
      throw new RunException(file, "the averaged weights are damaged and cannot be read: " + e, e);
    }
  }
}
