package org.food4j.cli.command;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.weights.ImportReport;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingObserver;

/** A training on the terminal: a bar per epoch, a line when it is done. */
final class TrainingProgress implements TrainingObserver, AutoCloseable {
  private final Terminal terminal;
  private int epochs;
  private int stepsPerEpoch;
  private double sum;
  private Progress bar;

  /** Whether epochs differ in what they train on. */
  private boolean curriculum;

  /** Of a cross-validation, whose last epochs are judged; 0 for a training. */
  private int fold;

  TrainingProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void fold(int number, int folds, List<String> remarks) {
    if (number == 1) {
      remarks.forEach(remark -> terminal.note("Note: " + remark));
    }
    fold = number;
    terminal.note("Fold %d of %d".formatted(number, folds));
  }

  @Override
  public void loaded(ImportReport report) {
    if (fold > 1) {
      return; // as the first time
    }
    terminal.note("Weights:");
    report.describe().lines().forEach(line -> terminal.note("  " + line));
  }

  @Override
  public void features(int done, int total) {
    if (done == 1) {
      bar = terminal.progress("Features of the frozen part", total, "photos");
    }
    bar.update(done);
    if (done == total) {
      bar.close();
    }
  }

  @Override
  public void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  @Override
  public void resumed(List<EpochMetrics> done) {
    terminal.note("Resuming after epoch %d of %d".formatted(done.size(), epochs));
  }

  @Override
  public void curriculum(int epoch, String change) {
    curriculum = true;
    if (fold < 2) { // later ones are as the first
      terminal.note("Epoch %d: %s".formatted(epoch, change));
    }
  }

  @Override
  public void step(int epoch, int step, double loss) {
    if (step == 1) {
      sum = 0;
      bar = terminal.progress("Epoch %d/%d".formatted(epoch, epochs), stepsPerEpoch, "steps");
    }
    sum += loss;
    bar.remark("loss %.3f".formatted(sum / step));
    bar.update(step);
  }

  @Override
  public void epoch(EpochMetrics metrics, boolean best) {
    bar.remark(
        "loss %.3f, validation loss %.3f, top-1 %.1f %%%s, %.0f photos/s%s"
            .formatted(
                metrics.trainLoss(),
                metrics.validationLoss(),
                100 * metrics.validationTop1(),
                best && fold == 0 ? " (best so far)" : "",
                metrics.photosPerSecond(),
                curriculum ? " of %d px".formatted(metrics.inputSize()) : ""));
    bar.close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
