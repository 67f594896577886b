package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.search.SweepObserver;
import org.food4j.train.search.TrialTraining;

/** A sweep's trainings on the terminal, each a session as of {@code food train}. */
final class SweepTrials implements TrialTraining, SweepObserver {
  private final Terminal terminal;
  private final Dataset dataset;
  private final Path features;
  private final Interruption interruption;

  /** Trainings that have come to their end, by this call or an earlier one. */
  private int finished;

  /**
   * @param features where the trials that have a frozen part share its features
   */
  SweepTrials(Terminal terminal, Dataset dataset, Path features, Interruption interruption) {
    this.terminal = terminal;
    this.dataset = dataset;
    this.features = features;
    this.interruption = interruption;
  }

  private TrainingCaches caches(Recipe recipe) {
    return new TrainingCaches(
        Optional.empty(), recipe.transfer().freezes() ? Optional.of(features) : Optional.empty());
  }

  @Override
  public void check(List<Recipe> recipes) throws IOException {
    for (Recipe recipe : recipes) {
      new Trainer(dataset, recipe, new NativePhotoDecoder());
    }
  }

  @Override
  public void pause(Path run, Recipe recipe, int epochs) throws IOException {
    session(run, recipe).until(epochs).pause(List.of(interruption));
  }

  @Override
  public void finish(Path run, Recipe recipe, int epochs) throws IOException {
    try {
      session(run, recipe).until(epochs).run(List.of(interruption));
      finished++;
    } catch (BrokenOffException e) {
      // what food train tells of going on is not for a trial: the same sweep does
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private TrainingSession session(Path run, Recipe recipe) throws IOException {
    return RunDirectory.isRun(run)
        ? TrainingSession.resume(
            terminal,
            RunDirectory.resume(run),
            Optional.of(dataset.directory()),
            List.of(),
            caches(recipe),
            TrainingWorkers.none())
        : new TrainingSession(terminal, dataset, recipe, run, caches(recipe));
  }

  @Override
  public void trial(String name, int number, int count) {
    terminal.note("Training %d of %d: %s".formatted(number, count, name));
  }

  /** What is left in a sweep's directory where a training was ended before its time. */
  String left(Path sweep) {
    return "%s finished training%s, and the whole epochs of what was under way, are kept in %s; the same command goes on with the rest"
        .formatted(finished, finished == 1 ? "" : "s", sweep);
  }

  @Override
  public void skipped(String name) {
    finished++;
    terminal.note("Done already: " + name);
  }

  @Override
  public void failed(String name, String reason) {
    terminal.note("Failed: %s: %s".formatted(name, reason));
  }

  @Override
  public void rung(int number, int candidates, int epochs) {
    terminal.note("Rung %d: %d candidates, to epoch %d".formatted(number, candidates, epochs));
  }
}
