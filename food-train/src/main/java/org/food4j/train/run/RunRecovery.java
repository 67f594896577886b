package org.food4j.train.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.file.AtomicFile;
import org.food4j.train.loop.Checkpoint;
import org.food4j.train.loop.EpochMetrics;

/** Brings a run that was interrupted back to the end of its last whole epoch. */
final class RunRecovery {
  private final Path directory;

  RunRecovery(Path directory) {
    this.directory = directory;
  }

  /**
   * Drops what belongs to no whole epoch and reads the state after the last one. Doing it again,
   * after an interruption of itself too, gives the same.
   *
   * @param frozen whether the checkpoints hold the part behind a frozen one
   * @return empty if no epoch is whole
   * @throws RunException if a file of a whole epoch is missing or damaged
   */
  Optional<Checkpoint> recover(boolean frozen) throws IOException {
    deleteTemporaries(directory);
    deleteTemporaries(directory.resolve(RunDirectory.LAST).getParent());
    Path last = directory.resolve(RunDirectory.LAST);
    if (!Files.exists(last)) {
      keepMetrics(0);
      return Optional.empty();
    }
    ComputationGraph trained = CheckpointFile.read(last);
    List<EpochMetrics> epochs = keepMetrics(trained.getEpochCount());
    if (epochs.isEmpty()) {
      throw new RunException(last, "the checkpoint does not say of which epoch it is");
    }
    return Optional.of(
        new Checkpoint(
            epochs, trained, CheckpointFile.readAverage(last), bestPart(frozen, epochs)));
  }

  /** Of an {@link AtomicFile} whose writer was killed; large ones. */
  private static void deleteTemporaries(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** The first lines of the metrics; later ones are of an epoch without a checkpoint. */
  private List<EpochMetrics> keepMetrics(int count) throws IOException {
    Path file = directory.resolve(RunDirectory.METRICS);
    // not strictly UTF-8: what follows a cut line is dropped, and a broken one fails as JSON
    String text =
        Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    List<String> lines = text.lines().limit(count).toList();
    List<EpochMetrics> epochs = MetricsFile.parse(file, lines);
    if (epochs.size() < count) {
      throw new RunException(
          file,
          "%s epochs are written, but the checkpoint is of epoch %s"
              .formatted(epochs.size(), count));
    }
    String kept = String.join("", lines.stream().map(line -> line + "\n").toList());
    if (!kept.equals(text)) {
      AtomicFile.write(file, kept);
    }
    return epochs;
  }

  private Optional<ComputationGraph> bestPart(boolean frozen, List<EpochMetrics> epochs)
      throws RunException {
    EpochMetrics best = epochs.get(0);
    for (EpochMetrics epoch : epochs) {
      best = epoch.isBetterThan(best) ? epoch : best;
    }
    if (!frozen || best.epoch() == epochs.size()) {
      return Optional.empty();
    }
    Path file = directory.resolve(RunDirectory.BEST_PART);
    ComputationGraph part = CheckpointFile.read(file);
    if (part.getEpochCount() != best.epoch()) {
      throw new RunException(
          file,
          "the checkpoint is of epoch %s, the best by the metrics is number %s"
              .formatted(part.getEpochCount(), best.epoch()));
    }
    return Optional.of(part);
  }
}
