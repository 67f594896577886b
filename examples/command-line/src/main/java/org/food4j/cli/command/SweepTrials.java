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
  private final TrainingCaches caches;

  SweepTrials(Terminal terminal, Dataset dataset, TrainingCaches caches) {
    this.terminal = terminal;
    this.dataset = dataset;
    this.caches = caches;
  }

  @Override
  public void check(List<Recipe> recipes) throws IOException {
    for (Recipe recipe : recipes) {
      new Trainer(dataset, recipe, new NativePhotoDecoder(), caches);
    }
  }

  @Override
  public void pause(Path run, Recipe recipe, int epochs) throws IOException {
    session(run, recipe).until(epochs).pause();
  }

  @Override
  public void finish(Path run, Recipe recipe, int epochs) throws IOException {
    session(run, recipe).until(epochs).run(List.of());
  }

  private TrainingSession session(Path run, Recipe recipe) throws IOException {
    return RunDirectory.isRun(run)
        ? TrainingSession.resume(
            terminal, RunDirectory.resume(run), Optional.of(dataset.directory()), caches)
        : new TrainingSession(terminal, dataset, recipe, run, caches);
  }

  @Override
  public void trial(String name, int number, int count) {
    terminal.note("Training %d of %d: %s".formatted(number, count, name));
  }

  @Override
  public void skipped(String name) {
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
