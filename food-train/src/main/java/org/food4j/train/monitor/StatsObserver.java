package org.food4j.train.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingObserver;

/**
 * Collects a training's statistics for DL4J's UI server, keeps them in the run's {@link StatsFile}
 * and shows them elsewhere while they come. Collecting takes about as long as a step, every tenth
 * step. Where a cluster makes the steps, what is collected is of the averaged network: loss,
 * learning rates, parameters and how far they moved, without gradients. A training that goes on
 * after an interruption goes on in the same session of the UI; what the file had of the steps that
 * are trained again is dropped. A file that cannot be written ends the training with an {@link
 * UncheckedIOException} that names it.
 */
public final class StatsObserver implements TrainingObserver, AutoCloseable {
  /** The UI lists those that train together; here it is one. */
  private static final String WORKER = "food4j";

  private final Path file;
  private final List<StatsStorageRouter> windows;
  private Optional<StatsFileOutput> output = Optional.empty();
  private int stepsPerEpoch;
  private int wholeEpochs;

  /**
   * @param run an existing run directory
   * @param windows where else the statistics go, such as a {@link RemoteStats} or a storage that is
   *     attached to a {@link UiServer}
   */
  public StatsObserver(Path run, List<? extends StatsStorageRouter> windows) {
    file = run.resolve(StatsFile.NAME);
    this.windows = List.copyOf(windows);
  }

  @Override
  public void started(ComputationGraph graph, int epochs, int steps) {
    stepsPerEpoch = steps;
    graph.addListeners(new StepStatistics(new Windows(), session(), WORKER, steps));
  }

  /** The one that the file has; else a new one, which begins with the run's name. */
  private String session() {
    try {
      Optional<String> known = StatsFile.session(file);
      if (known.isPresent()) {
        return known.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    String run = String.valueOf(file.toAbsolutePath().normalize().getParent().getFileName());
    // part of a web address, so plain letters; runs of one name may meet at one server
    return run.replaceAll("[^A-Za-z0-9._-]", "_")
        + "-"
        + UUID.randomUUID().toString().substring(0, 8);
  }

  @Override
  public void resumed(List<EpochMetrics> epochs) {
    wholeEpochs = epochs.size();
  }

  /** All that see the statistics; begins with the first of them. */
  private final class Windows extends StatsSink {
    @Override
    void put(StatsRecord record) {
      if (output.isEmpty()) {
        output = Optional.of(begin());
      }
      output.get().put(record);
      windows.forEach(record::putInto);
    }
  }

  private StatsFileOutput begin() {
    try {
      List<StatsRecord> kept = StatsFile.keep(file, (long) wholeEpochs * stepsPerEpoch);
      for (StatsStorageRouter window : windows) {
        if (window instanceof StatsStorage) { // an empty one; a server elsewhere has them
          kept.forEach(record -> record.putInto(window));
        }
      }
      return new StatsFileOutput(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The statistics %s cannot be continued: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Ends the file.
   *
   * @throws IOException if it cannot be written
   */
  @Override
  public void close() throws IOException {
    if (output.isPresent()) {
      output.get().close();
    }
  }
}
