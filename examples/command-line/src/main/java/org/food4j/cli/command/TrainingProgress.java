package org.food4j.cli.command;

import java.util.List;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.cli.terminal.Durations;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.weights.ImportReport;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;

/**
 * A training on the terminal: a bar per epoch, a line when it is done. Both say how long the whole
 * training takes from there, if it does not stop early.
 */
final class TrainingProgress implements TrainingObserver, AutoCloseable {
  private final Terminal terminal;
  private final Recipe recipe;
  private final LongSupplier nanoTime;
  private int epochs;
  private int stepsPerEpoch;
  private double sum;
  private Progress bar;
  private long epochBegun;

  /** When the latest step or epoch ended, or the training began. */
  private long latest;

  /** By what has been since the start: what was before an interruption took another time. */
  private TimeLeft timeLeft;

  /** Whether epochs differ in what they train on. */
  private boolean curriculum;

  /** Of a cross-validation, whose last epochs are judged; 0 for a training. */
  private int fold;

  TrainingProgress(Terminal terminal, Recipe recipe) {
    this(terminal, recipe, System::nanoTime);
  }

  TrainingProgress(Terminal terminal, Recipe recipe, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.recipe = recipe;
    this.nanoTime = nanoTime;
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
    timeLeft = new TimeLeft(epochs, stepsPerEpoch, recipe::trainingSize);
    latest = nanoTime.getAsLong();
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
      epochBegun = latest;
      bar = terminal.progress("Epoch %d/%d".formatted(epoch, epochs), stepsPerEpoch, "steps");
    }
    sum += loss;
    long now = nanoTime.getAsLong();
    timeLeft.stepped(epoch, now - latest);
    latest = now;
    bar.pace(
        "%.0f photos/s, %s"
            .formatted(
                step * recipe.photosPerStep() / ((now - epochBegun) / 1e9),
                left(epoch, step, false)));
    bar.remark("loss %.3f".formatted(sum / step));
    bar.update(step);
  }

  private String left(int epoch, int step, boolean judged) {
    return (fold > 0 ? "fold: " : "")
        + Durations.words(timeLeft.seconds(epoch, step, judged))
        + " left";
  }

  @Override
  public void epoch(EpochMetrics metrics, boolean best) {
    long now = nanoTime.getAsLong();
    timeLeft.validated(now - latest);
    latest = now;
    bar.remark(
        "loss %.3f, validation loss %.3f, top-1 %.1f %%%s, %.0f photos/s%s%s"
            .formatted(
                metrics.trainLoss(),
                metrics.validationLoss(),
                100 * metrics.validationTop1(),
                best && fold == 0 ? " (best so far)" : "",
                metrics.photosPerSecond(),
                curriculum ? " of %d px".formatted(metrics.inputSize()) : "",
                metrics.epoch() < epochs ? ", " + left(metrics.epoch(), stepsPerEpoch, true) : ""));
    bar.close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
