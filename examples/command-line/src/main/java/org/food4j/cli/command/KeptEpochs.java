package org.food4j.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingDivergedException;
import org.food4j.train.loop.TrainingObserver;

/** Counts the epochs that a run directory has whole, for the case that no more follow. */
final class KeptEpochs implements TrainingObserver {
  private final Path run;
  private final int epochs;
  private int kept;

  /** Whether the count is the directory's: a run that is resumed may turn out to be broken. */
  private boolean known;

  /**
   * @param run the directory
   * @param epochs of the recipe
   * @param fresh whether the run begins now
   */
  KeptEpochs(Path run, int epochs, boolean fresh) {
    this.run = run;
    this.epochs = epochs;
    known = fresh;
  }

  @Override
  public void resumed(List<EpochMetrics> done) {
    kept = done.size();
    known = true;
  }

  @Override
  public void step(int epoch, int step, double loss) {
    known = true;
  }

  @Override
  public void epoch(EpochMetrics metrics, boolean best) {
    kept = metrics.epoch();
  }

  /** What an exception becomes that ended the training. */
  RuntimeException brokenOff(Exception e) {
    if (!known) {
      return new BrokenOffException("", e);
    }
    String left =
        "%s of %s epochs %s kept in %s".formatted(kept, epochs, kept == 1 ? "is" : "are", run);
    return new BrokenOffException(
        e instanceof TrainingDivergedException
            ? left + "; the same recipe would come to this again, so train into another directory"
            : left + "; go on after them: examples/food train --resume --out " + run,
        e);
  }
}
