package org.food4j.train.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.Provenance;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.RunException;

/**
 * What a leader board takes from a run.
 *
 * @param path of the run directory
 * @param recipe as resolved
 * @param fingerprint of its data set
 * @param failure why it has no evaluation, if it has none
 * @param epochs all that were trained, in order
 * @param evaluation of its best epoch, unless it failed
 */
record BoardRun(
    Path path,
    Recipe recipe,
    String fingerprint,
    Optional<String> failure,
    List<EpochMetrics> epochs,
    Optional<Evaluation> evaluation) {
  BoardRun {
    epochs = List.copyOf(epochs);
  }

  /**
   * Reads a run.
   *
   * @throws RunException if it is broken, or neither finished nor recorded as failed
   */
  static BoardRun read(Path path) throws IOException {
    RunDirectory run = RunDirectory.resume(path);
    Optional<String> failure = SweepDirectory.failure(path);
    if (failure.isEmpty() && !run.isFinished()) {
      throw new RunException(
          path, "the run is not finished: food train --resume goes on with it, or its sweep");
    }
    return new BoardRun(
        path,
        run.recipe(),
        run.provenance().facts().getOrDefault(Provenance.FINGERPRINT, "unknown"),
        failure,
        failure.isPresent() ? List.of() : run.metrics(),
        failure.isPresent() ? Optional.empty() : Optional.of(run.evaluation()));
  }

  /** The epoch whose weights are kept. */
  EpochMetrics best() {
    return best(epochs);
  }

  static EpochMetrics best(List<EpochMetrics> epochs) {
    return epochs.stream()
        .reduce((best, next) -> next.isBetterThan(best) ? next : best)
        .orElseThrow(() -> new IllegalStateException("A training that paused has an epoch"));
  }

  /** Epochs of the whole training, if a halving stopped it before them. */
  OptionalInt planned() {
    return isStoppedBefore(recipe.epochs()) ? OptionalInt.of(recipe.epochs()) : OptionalInt.empty();
  }

  /**
   * Whether a halving has not gone on with it to so many epochs: it has ended before its recipe's
   * last one, and not by its early stopping; or that one comes before.
   */
  boolean isStoppedBefore(int planned) {
    return failure.isEmpty()
        && (recipe.epochs() < planned
            || epochs.size() < recipe.epochs() && !TrainingResult.isOver(recipe, epochs));
  }

  /** Training and validating, without a frozen part's features. */
  double minutes() {
    return epochs.stream().mapToDouble(EpochMetrics::seconds).sum() / 60;
  }

  /** As papers count them. */
  long parameters() throws IOException {
    return RunDirectory.open(path).parameters();
  }
}
