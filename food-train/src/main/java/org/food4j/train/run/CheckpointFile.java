package org.food4j.train.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
   * Replaces a file atomically.
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
          ModelSerializer.writeModel(graph, temporary.toFile(), optimizer);
          if (average.isPresent()) {
            addAverage(temporary, average.get());
          }
        });
  }

  private static void addAverage(Path file, INDArray average) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file);
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(zip.getPath(AVERAGE))))) {
      Nd4j.write(average, out);
    }
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
