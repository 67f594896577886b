package org.food4j.train.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Split;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;

/** The epochs of a training, from the first or after an interruption. */
final class EpochLoop {
  private final Recipe recipe;
  private final int stepsPerEpoch;
  private final ISchedule schedule;
  private final CheckpointStore store;
  private final List<TrainingObserver> observers;

  EpochLoop(
      Recipe recipe,
      int stepsPerEpoch,
      ISchedule schedule,
      CheckpointStore store,
      List<TrainingObserver> observers) {
    this.recipe = recipe;
    this.stepsPerEpoch = stepsPerEpoch;
    this.schedule = schedule;
    this.store = store;
    this.observers = observers;
  }

  /**
   * Trains to the end of the recipe, or until it stops early.
   *
   * @param from after which epoch, if not from the first
   * @param keeper of the best epoch
   */
  TrainingResult train(TrainingMaterial material, Optional<Checkpoint> from, BestKeeper keeper)
      throws IOException {
    ComputationGraph graph = material.graph();
    observers.forEach(o -> o.started(graph, recipe.epochs(), stepsPerEpoch));
    EarlyStopping stopping =
        new EarlyStopping(recipe.earlyStoppingPatience(), recipe.earlyStoppingMinChange());
    List<EpochMetrics> epochs = new ArrayList<>();
    if (from.isPresent()) {
      Checkpoint checkpoint = from.get();
      checkpoint.restore(graph);
      epochs.addAll(checkpoint.epochs());
      boolean best = false;
      for (EpochMetrics metrics : epochs) {
        best = stopping.improves(metrics);
      }
      if (best) {
        keeper.keep(graph); // the interruption may have come before
      }
      observers.forEach(o -> o.resumed(checkpoint.epochs()));
    }
    for (int epoch = epochs.size() + 1;
        epoch <= recipe.epochs() && !stopping.ends(epoch - 1);
        epoch++) {
      material.startEpoch(epoch - 1);
      EpochMetrics metrics = epoch(material, epoch);
      epochs.add(metrics);
      store.append(metrics);
      store.saveLast(graph);
      boolean best = stopping.improves(metrics);
      if (best) {
        keeper.keep(graph);
      }
      observers.forEach(o -> o.epoch(metrics, best));
    }
    return new TrainingResult(epochs, stopping.best().epoch(), epochs.size() < recipe.epochs());
  }

  private EpochMetrics epoch(TrainingMaterial material, int epoch) {
    ComputationGraph graph = material.graph();
    long begin = System.nanoTime();
    double sum = 0;
    int steps = 0;
    while (material.hasNext()) {
      Nd4j.getRandom().setSeed(StepSeed.of(recipe.seed(), graph.getIterationCount()));
      graph.fit(material.next());
      double loss = graph.score();
      if (!Double.isFinite(loss)) {
        throw new TrainingDivergedException(epoch, steps + 1, loss);
      }
      sum += loss;
      steps++;
      int step = steps;
      observers.forEach(o -> o.step(epoch, step, loss));
    }
    graph.incrementEpochCount(); // DL4J does so only where it runs the epoch itself
    double trainSeconds = (System.nanoTime() - begin) / 1e9;
    Scores scores = material.validate();
    observers.forEach(o -> o.validated(epoch, scores));
    Evaluation validation = Evaluation.of(scores, Split.VALIDATION.key(), 1);
    return new EpochMetrics(
        epoch,
        sum / steps,
        validation.loss(),
        validation.top1(),
        schedule.valueAt(epoch * steps - 1, epoch),
        (System.nanoTime() - begin) / 1e9,
        steps * recipe.batchSize() / trainSeconds);
  }
}
