package org.food4j.train.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.food4j.data.manifest.Dataset;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.TrainingDivergedException;
import org.food4j.train.run.RunDirectory;

/**
 * Trains the candidates of a plan, each into a run directory of its own. What has been done stays
 * done: a sweep that was interrupted at any moment goes on when it is run again.
 *
 * <p>A training whose loss is no longer a number is recorded as failed, and the sweep goes on; any
 * other error, of the disk or of a photo, ends it, and the next call begins with that training. One
 * process at a time may run a sweep. Not thread-safe.
 */
public final class Sweep {
  private final SweepDirectory directory;
  private final SweepPlan plan;
  private final TrialTraining training;
  private final SweepObserver observer;

  private Sweep(
      SweepDirectory directory, SweepPlan plan, TrialTraining training, SweepObserver observer) {
    this.directory = directory;
    this.plan = plan;
    this.training = training;
    this.observer = observer;
  }

  /**
   * Runs a sweep, or what is left of it.
   *
   * @param directory new or empty, or of the same sweep
   * @return its leader board
   * @throws IllegalArgumentException if the directory holds anything else, or a recipe does not fit
   *     the data set; nothing has been trained then
   * @throws IOException if a run cannot be written, or is broken
   */
  public static LeaderBoard run(
      Path directory,
      SweepPlan plan,
      Dataset dataset,
      TrialTraining training,
      SweepObserver observer)
      throws IOException {
    training.check(plan.recipes());
    SweepDirectory place = new SweepDirectory(directory);
    place.begin(
        plan.document(
            dataset.directory().toAbsolutePath().normalize().toString(), dataset.fingerprint()));
    Sweep sweep = new Sweep(place, plan, training, observer);
    if (plan.rungs().isEmpty()) {
      sweep.finishAll(plan.candidates(), 0);
    } else {
      sweep.halve();
    }
    return LeaderBoard.read(Map.of(directory.toString(), directory));
  }

  private void finishAll(List<Candidate> candidates, int rung) throws IOException {
    List<Trial> trials = trials(candidates, rung);
    for (int i = 0; i < trials.size(); i++) {
      train(trials.get(i), i + 1, trials.size(), true);
    }
  }

  private static List<Trial> trials(List<Candidate> candidates, int rung) {
    return candidates.stream().flatMap(c -> c.rungs().get(rung).stream()).toList();
  }

  private void halve() throws IOException {
    List<Candidate> left = plan.candidates();
    int last = plan.rungs().size() - 1;
    for (int i = 0; i < last; i++) {
      Halving.Rung rung = plan.rungs().get(i);
      observer.rung(i + 1, left.size(), rung.epochs());
      List<Trial> trials = trials(left, i);
      for (int t = 0; t < trials.size(); t++) {
        // its own recipe's last epoch: it starts anew in the next rung, and this run is complete
        boolean complete = trials.get(t).epochs() == trials.get(t).recipe().epochs();
        train(trials.get(t), t + 1, trials.size(), complete);
      }
      List<Halving.Result> results = new ArrayList<>();
      for (Candidate candidate : left) {
        results.add(result(candidate.rungs().get(i)));
      }
      List<Integer> best = Halving.best(results, plan.rungs().get(i + 1).candidates());
      List<Candidate> stopped = new ArrayList<>(left);
      List<Candidate> promoted = best.stream().map(left::get).toList();
      stopped.removeAll(promoted);
      conclude(trials(stopped, i));
      left = promoted;
    }
    observer.rung(last + 1, left.size(), plan.rungs().get(last).epochs());
    finishAll(left, last);
  }

  /** What is stopped for good is evaluated as it stands, and is a run like any other. */
  private void conclude(List<Trial> stopped) throws IOException {
    for (Trial trial : stopped) {
      Path run = directory.run(trial.name());
      if (!isOver(run)) {
        training.finish(run, trial.recipe(), trial.epochs());
      }
    }
  }

  private static boolean isOver(Path run) throws IOException {
    return SweepDirectory.failure(run).isPresent()
        || (RunDirectory.isRun(run) && RunDirectory.resume(run).isFinished());
  }

  private void train(Trial trial, int number, int count, boolean finish) throws IOException {
    Path run = directory.run(trial.name());
    if (isOver(run)) {
      observer.skipped(trial.name());
      return;
    }
    observer.trial(trial.name(), number, count);
    try {
      if (finish) {
        training.finish(run, trial.recipe(), trial.epochs());
      } else {
        training.pause(run, trial.recipe(), trial.epochs());
      }
    } catch (TrainingDivergedException e) {
      directory.fail(trial.name(), e.getMessage());
      observer.failed(trial.name(), e.getMessage());
    }
  }

  /** By the epochs of the rung alone: when a sweep is run again, a training may be further. */
  private Halving.Result result(List<Trial> trials) throws IOException {
    double top1 = 0;
    double loss = 0;
    for (Trial trial : trials) {
      Path run = directory.run(trial.name());
      if (failedWithin(run, trial.epochs())) {
        return new Halving.Result(OptionalDouble.empty(), Double.NaN);
      }
      List<EpochMetrics> epochs = RunDirectory.resume(run).metrics();
      EpochMetrics best = BoardRun.best(epochs.subList(0, Math.min(trial.epochs(), epochs.size())));
      top1 += best.validationTop1();
      loss += best.validationLoss();
    }
    return new Halving.Result(OptionalDouble.of(top1 / trials.size()), loss / trials.size());
  }

  /** A training that failed in a later rung had passed this one. */
  private static boolean failedWithin(Path run, int epochs) throws IOException {
    return SweepDirectory.failure(run).isPresent()
        && (!RunDirectory.hasMetrics(run) || RunDirectory.resume(run).metrics().size() < epochs);
  }
}
