package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.Section;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.train.device.Devices;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.monitor.StatsObserver;
import org.food4j.train.monitor.TensorBoardObserver;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.report.RunReport;
import org.food4j.train.run.Provenance;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.TrainedModel;

/** One training on the terminal, from the recipe to the evaluated run directory. */
final class TrainingSession {
  private final Terminal terminal;
  private final Dataset dataset;
  private final Recipe recipe;
  private final Path out;
  private final PhotoDecoder decoder = new NativePhotoDecoder();
  private final Trainer trainer;

  /** What is continued, if not a new run is started. */
  private final Optional<RunDirectory> interrupted;

  /** What is continued or repeated. */
  private Optional<RunDirectory> origin = Optional.empty();

  private final TrainingWorkers workers;
  private Devices devices = Devices.ONE;
  private int lastEpoch;

  /**
   * A new run.
   *
   * @param caches files to keep decoded photos and features in
   * @throws IllegalArgumentException if the recipe does not fit the data set; nothing is written
   * @throws IOException if the recipe's weights cannot be read
   */
  TrainingSession(
      Terminal terminal, Dataset dataset, Recipe recipe, Path out, TrainingCaches caches)
      throws IOException {
    this(terminal, dataset, recipe, out, caches, TrainingWorkers.none());
  }

  /**
   * A new run whose steps others may make.
   *
   * @param workers stay open until the session has run
   */
  TrainingSession(
      Terminal terminal,
      Dataset dataset,
      Recipe recipe,
      Path out,
      TrainingCaches caches,
      TrainingWorkers workers)
      throws IOException {
    this(terminal, dataset, recipe, out, caches, workers, Optional.empty());
  }

  private TrainingSession(
      Terminal terminal,
      Dataset dataset,
      Recipe recipe,
      Path out,
      TrainingCaches caches,
      TrainingWorkers workers,
      Optional<RunDirectory> interrupted)
      throws IOException {
    this.terminal = terminal;
    this.interrupted = interrupted;
    this.workers = workers;
    trainer = new Trainer(dataset, recipe, decoder, caches, workers.of(dataset, recipe));
    this.dataset = dataset;
    this.recipe = recipe;
    lastEpoch = recipe.epochs();
    this.out = out;
  }

  /** This session, but its batches are split between several devices. */
  TrainingSession on(Devices those) {
    trainer.on(those);
    devices = those;
    return this;
  }

  /** This session, but it ends after an epoch of the recipe's, from 1. */
  TrainingSession until(int epoch) {
    lastEpoch = epoch;
    return this;
  }

  /**
   * Goes on with a run that was interrupted.
   *
   * @param data where its data set lies, if no longer where it lay
   * @param settings {@code weights=FILE} where its weights lie, if no longer where they lay;
   *     otherwise empty
   * @throws IllegalArgumentException if the data set or the weights are not the run's; nothing is
   *     written
   * @throws IOException if the run is broken, or the recipe's weights cannot be read
   */
  static TrainingSession resume(
      Terminal terminal,
      RunDirectory run,
      Optional<Path> data,
      List<String> settings,
      TrainingCaches caches,
      TrainingWorkers workers)
      throws IOException {
    Dataset dataset = workers.open(data.isPresent() ? data.get() : run.dataset());
    Recipe recipe = run.recipe(settings);
    TrainingSession session =
        new TrainingSession(
            terminal, dataset, recipe, run.path(), caches, workers, Optional.of(run));
    run.requireOrigin(dataset, session.trainer.provenance());
    session.origin = Optional.of(run);
    return session;
  }

  /**
   * Repeats a run.
   *
   * @param data where its data set lies, if no longer where it lay
   * @param settings {@code key=value} over its recipe
   * @param out of the new run
   * @throws IllegalArgumentException if the data set or the weights are not the run's; nothing is
   *     written
   * @throws IOException if the run is broken, or the recipe's weights cannot be read
   */
  static TrainingSession like(
      Terminal terminal,
      RunDirectory original,
      Optional<Path> data,
      List<String> settings,
      Path out,
      TrainingCaches caches,
      TrainingWorkers workers)
      throws IOException {
    Dataset dataset = workers.open(data.isPresent() ? data.get() : original.dataset());
    Recipe recipe = original.recipe(settings);
    TrainingSession session = new TrainingSession(terminal, dataset, recipe, out, caches, workers);
    original.requireOrigin(dataset, session.trainer.provenance());
    session.origin = Optional.of(original);
    return session;
  }

  /**
   * What came out.
   *
   * @param sections the run's part of a report
   */
  record Outcome(
      RunDirectory run, TrainingResult training, Evaluation evaluation, List<Section> sections) {
    Figures figures() {
      return new Figures(
          run.path(),
          training.epochs().size(),
          training.bestEpoch(),
          evaluation.photos(),
          evaluation.top1(),
          evaluation.top5(),
          evaluation.top1Interval().low(),
          evaluation.top1Interval().high());
    }
  }

  /** The JSON document. */
  record Figures(
      Path run,
      int epochs,
      int bestEpoch,
      int photos,
      double top1,
      double top5,
      double top1Low,
      double top1High) {}

  /**
   * Trains, evaluates on the test photos (or the validation photos, without any), reports.
   *
   * @throws BrokenOffException if the training ended before its time
   */
  Outcome run(List<TrainingObserver> watchers) throws IOException {
    return run(watchers, Optional.empty());
  }

  /**
   * The same while DL4J's statistics are collected: in the run, and in windows that show them.
   *
   * @param windows may be none
   */
  Outcome runWithStats(List<TrainingObserver> watchers, List<StatsStorageRouter> windows)
      throws IOException {
    return run(watchers, Optional.of(windows));
  }

  private Outcome run(List<TrainingObserver> watchers, Optional<List<StatsStorageRouter>> windows)
      throws IOException {
    DirectoryLock lock = OutputLock.take(out, "trains into");
    try (lock) {
      return runAlone(watchers, windows);
    }
  }

  /** Trains only, to be resumed. */
  void pause(List<TrainingObserver> watchers) throws IOException {
    DirectoryLock lock = OutputLock.take(out, "trains into");
    try (lock) {
      RunDirectory run = start();
      KeptEpochs kept = new KeptEpochs(out, recipe.epochs(), interrupted.isEmpty());
      try (TensorBoardObserver board =
          TensorBoardObserver.open(out, recipe, dataset, trainer.preprocessing(), decoder)) {
        train(run, board, watchers, kept);
      }
    }
  }

  private RunDirectory start() throws IOException {
    Map<String, String> equipment = Provenance.equipment(devices.count(), workers.master());
    Map<String, String> facts = new LinkedHashMap<>(trainer.provenance());
    facts.putAll(equipment);
    RunDirectory run =
        interrupted.isPresent()
            ? interrupted.get()
            : RunDirectory.create(out, recipe, dataset, trainer.preprocessing(), facts);
    if (origin.isPresent()) {
      for (String other : origin.get().provenance().otherEquipment(equipment)) {
        terminal.note(
            "Note: %s in %s: the training may come to something else by it"
                .formatted(other, origin.get().path()));
      }
    }
    workers.describe(recipe).ifPresent(terminal::note);
    trainer.remarks().forEach(remark -> terminal.note("Note: " + remark));
    return run;
  }

  private Outcome runAlone(
      List<TrainingObserver> watchers, Optional<List<StatsStorageRouter>> windows)
      throws IOException {
    RunDirectory run = start();
    KeptEpochs kept = new KeptEpochs(out, recipe.epochs(), interrupted.isEmpty());
    try (TensorBoardObserver board =
        TensorBoardObserver.open(out, recipe, dataset, trainer.preprocessing(), decoder)) {
      if (windows.isEmpty()) {
        return run(run, board, watchers, kept);
      }
      try (StatsObserver stats = new StatsObserver(out, windows.get())) {
        List<TrainingObserver> all = new ArrayList<>(watchers);
        all.add(stats);
        return run(run, board, all, kept);
      }
    } catch (IOException | RuntimeException e) {
      throw kept.brokenOff(e);
    }
  }

  private Outcome run(
      RunDirectory run, TensorBoardObserver board, List<TrainingObserver> watchers, KeptEpochs kept)
      throws IOException {
    TrainingResult training = train(run, board, watchers, kept);
    if (training.epochs().size() < lastEpoch) {
      terminal.note(
          "Stopped early: no better epoch since number %d".formatted(training.bestEpoch()));
    }
    Evaluation evaluation = evaluate(training.epochs().size(), watchers);
    run.writeEvaluation(evaluation);
    board.evaluated(evaluation, training.bestEpoch());
    List<Section> sections =
        RunReport.sections(
            recipe,
            training.epochs(),
            evaluation,
            dataset.photoRoot(),
            decoder,
            run.explainer(decoder));
    RunReport.page(recipe, sections).write(run.report());
    return new Outcome(run, training, evaluation, sections);
  }

  private TrainingResult train(
      RunDirectory run, TensorBoardObserver board, List<TrainingObserver> watchers, KeptEpochs kept)
      throws IOException {
    try (TrainingProgress progress = new TrainingProgress(terminal, recipe)) {
      List<TrainingObserver> observers = new ArrayList<>(watchers);
      observers.add(board);
      observers.add(progress);
      observers.add(kept);
      return trainer.resume(run, observers, lastEpoch);
    }
  }

  /** Whose progress the watchers see as that of the last epoch's validation. */
  private Evaluation evaluate(int epoch, List<TrainingObserver> watchers) throws IOException {
    Split split = dataset.heldOut();
    if (split != Split.TEST) {
      terminal.note("The data set has no test photos: evaluating on the validation photos");
    }
    int photos = dataset.entries(split).size();
    try (TrainedModel model = TrainedModel.open(out);
        Progress progress = terminal.progress("Evaluating", photos, "photos")) {
      return model.evaluate(
          dataset,
          split,
          decoder,
          (done, total) -> {
            progress.update(done, total);
            watchers.forEach(w -> w.validating(epoch, done, total));
          });
    }
  }
}
