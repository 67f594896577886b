package org.food4j.train.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Split;
import org.food4j.train.device.Replicas;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.schedule.ISchedule;

/** The epochs of a training, from the first or after an interruption. */
final class EpochLoop {
  private final Recipe recipe;
  private final int stepsPerEpoch;
  private final ISchedule schedule;
  private final int lastEpoch;
  private final CheckpointStore store;
  private final List<TrainingObserver> observers;
  private final Replicas replicas;

  /**
   * @param lastEpoch after which the training pauses, or the recipe's last one
   * @param replicas compute the gradients; closed by who made them
   */
  EpochLoop(
      Recipe recipe,
      int stepsPerEpoch,
      ISchedule schedule,
      int lastEpoch,
      CheckpointStore store,
      List<TrainingObserver> observers,
      Replicas replicas) {
    this.recipe = recipe;
    this.stepsPerEpoch = stepsPerEpoch;
    this.schedule = schedule;
    this.lastEpoch = lastEpoch;
    this.store = store;
    this.observers = observers;
    this.replicas = replicas;
  }

  /**
   * Trains to the last epoch, or until it stops early.
   *
   * @param from after which epoch, if not from the first
   * @param keeper of the best epoch
   */
  TrainingResult train(TrainingMaterial material, Optional<Checkpoint> from, BestKeeper keeper)
      throws IOException {
    // of the epoch that a checkpoint was left after
    material.startGraph(from.map(checkpoint -> checkpoint.epochs().size() - 1).orElse(0));
    ComputationGraph first = material.graph();
    StepMaker steps = material.stepMaker(recipe, replicas);
    observers.forEach(o -> o.started(first, recipe.epochs(), stepsPerEpoch));
    EarlyStopping stopping = EarlyStopping.of(recipe);
    List<EpochMetrics> epochs = new ArrayList<>();
    if (from.isPresent()) {
      from.get().restore(first);
      epochs.addAll(from.get().epochs());
    }
    JudgedWeights weights =
        JudgedWeights.of(first, recipe.stepping().emaDecay(), from.flatMap(Checkpoint::average));
    if (from.isPresent()) {
      boolean best = false;
      for (EpochMetrics metrics : epochs) {
        best = stopping.improves(metrics);
      }
      if (best) {
        weights.keep(keeper); // the interruption may have come before
      }
      observers.forEach(o -> o.resumed(from.get().epochs()));
    }
    for (int epoch = epochs.size() + 1; epoch <= lastEpoch && !stopping.ends(epoch - 1); epoch++) {
      ComputationGraph before = material.graph();
      startEpoch(material, epoch);
      ComputationGraph graph = material.graph();
      if (graph != before) {
        steps = material.stepMaker(recipe, replicas);
        weights = weights.carriedTo(graph);
        observers.forEach(o -> o.released(graph));
      }
      EpochMetrics metrics = epoch(material, steps, weights, epoch);
      epochs.add(metrics);
      store.append(metrics);
      store.saveLast(graph, weights.average());
      boolean best = stopping.improves(metrics);
      if (best) {
        weights.keep(keeper);
      }
      observers.forEach(o -> o.epoch(metrics, best));
    }
    boolean early = epochs.size() < recipe.epochs() && stopping.ends(epochs.size());
    return new TrainingResult(epochs, stopping.best().epoch(), early);
  }

  private void startEpoch(TrainingMaterial material, int epoch) {
    material.startEpoch(epoch - 1);
    for (String change : material.changes(epoch - 1)) {
      observers.forEach(o -> o.curriculum(epoch, change));
    }
  }

  private EpochMetrics epoch(
      TrainingMaterial material, StepMaker steps, JudgedWeights weights, int epoch)
      throws IOException {
    long begin = System.nanoTime();
    double sum = 0;
    int batches = 0;
    int number = 0;
    while (material.hasNext()) {
      List<GradientStep.Made> together = steps.make();
      requireFinite(together, epoch, number);
      weights.stepped(together.size());
      for (GradientStep.Made made : together) {
        number++;
        sum += made.loss();
        batches += made.batches();
        tell(made, epoch, number);
      }
    }
    material.graph().incrementEpochCount(); // DL4J does so only where it runs the epoch itself
    double trainSeconds = (System.nanoTime() - begin) / 1e9;
    Scores scores =
        weights.judge(
            graph ->
                material.validate(
                    (done, total) -> observers.forEach(o -> o.validating(epoch, done, total))));
    requireFinite(scores, epoch);
    Evaluation validation = Evaluation.of(scores, Split.VALIDATION.key(), 1);
    observers.forEach(o -> o.validated(epoch, scores));
    return new EpochMetrics(
        epoch,
        sum / batches,
        validation.loss(),
        validation.top1(),
        schedule.valueAt(epoch * stepsPerEpoch - 1, epoch),
        (System.nanoTime() - begin) / 1e9,
        batches * recipe.batchSize() / trainSeconds,
        recipe.trainingSize(epoch));
  }

  private static void requireFinite(List<GradientStep.Made> together, int epoch, int before) {
    int number = before;
    for (GradientStep.Made made : together) {
      number++;
      if (!Double.isFinite(made.loss())) {
        throw new TrainingDivergedException(epoch, number, made.loss());
      }
      double norm = made.gradientNorm().orElse(0);
      if (!Double.isFinite(norm)) {
        throw TrainingDivergedException.ofGradient(epoch, number, norm);
      }
    }
  }

  private void tell(GradientStep.Made made, int epoch, int number) {
    observers.forEach(o -> o.step(epoch, number, made.meanLoss()));
    made.gradientNorm()
        .ifPresent(norm -> observers.forEach(o -> o.gradientNorm(epoch, number, norm)));
  }

  /** An epoch's last step may have spoiled the weights, which no loss has shown yet. */
  private static void requireFinite(Scores scores, int epoch) {
    for (float logit : scores.logits()) {
      if (!Float.isFinite(logit)) {
        throw new TrainingDivergedException(epoch, logit);
      }
    }
  }
}
