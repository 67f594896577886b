package org.food4j.cli.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.run.RunComparison;
import org.food4j.train.run.RunDirectory;

/** A run that repeats another, and what is said about the two. */
final class RunRepetition {
  private final Terminal terminal;
  private final Path like;

  RunRepetition(Terminal terminal, Path like) {
    this.terminal = terminal;
    this.like = like;
  }

  /** Trains the repeat. */
  interface Training {
    TrainingSession.Outcome train(RunDirectory original) throws IOException;
  }

  /** The JSON document. */
  private record Document(
      @JsonUnwrapped TrainingSession.Figures figures,
      Path like,
      boolean equal,
      RunComparison comparison) {}

  /**
   * Trains and compares.
   *
   * @return the exit code
   * @throws IllegalArgumentException if the original is not finished
   */
  int run(Training training, JsonOption json) throws IOException {
    RunDirectory original = RunDirectory.open(like);
    if (!original.isFinished()) {
      throw new IllegalArgumentException(
          "The run in %s is not finished, there is nothing to compare a repeat with: food train --resume --out %s goes on with it"
              .formatted(like, like));
    }
    TrainingSession.Outcome outcome = training.train(original);
    RunComparison comparison = RunComparison.of(original, outcome.run());
    json.print(
        terminal,
        new Document(outcome.figures(), like, comparison.isEqual(), comparison),
        () -> print(outcome, comparison));
    return 0;
  }

  private void print(TrainingSession.Outcome outcome, RunComparison comparison) {
    terminal.print(EvaluateCommand.describe(outcome.evaluation()));
    if (comparison.isEqual()) {
      terminal.print(
          "Equal to %s: all figures to the last bit, and all %d answers"
              .formatted(like, comparison.photos()));
    } else {
      terminal.print(
          "Not equal to %s: %d of %d answers are different"
              .formatted(like, comparison.answers(), comparison.photos()));
      for (RunComparison.Figure figure : comparison.figures()) {
        terminal.print(
            figure.isEqual()
                ? "  %s: %s".formatted(figure.name(), figure.original())
                : "  %s: was %s, is %s (%+.3g)"
                    .formatted(
                        figure.name(), figure.original(), figure.repeat(), figure.difference()));
      }
    }
    print("Other settings:", comparison.recipe());
    print("Other machine or versions:", comparison.provenance());
    if (!comparison.isEqual()
        && comparison.recipe().isEmpty()
        && comparison.provenance().isEmpty()) {
      terminal.print(
          "Recipe, versions and machine are the same: with several threads sums have no fixed order,"
              + " set OMP_NUM_THREADS=1 in both runs for the same bits");
    }
  }

  private void print(String title, Map<String, RunComparison.Change> changes) {
    if (!changes.isEmpty()) {
      terminal.print(title);
      changes.forEach(
          (key, change) ->
              terminal.print(
                  "  %s: was %s, is %s".formatted(key, change.original(), change.repeat())));
    }
  }
}
