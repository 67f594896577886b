package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.monitor.StatsFile;
import org.food4j.train.monitor.StatsObserver;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trainings in rounds, whose workers are replicas in this process: 3 steps an epoch. */
class RoundTrainingTest {
  @TempDir private static Path folder;
  private static Dataset dataset;
  private static Recipe recipe;

  @BeforeAll
  static void prepare() throws Exception {
    dataset = StripedPhotos.prepare(folder);
    recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "model=seed_cnn",
                "head=linear",
                "input_size=32",
                "epochs=2",
                "batch_size=8",
                "warm_up_epochs=0",
                "clip_norm=1",
                "workers=2",
                "averaging_frequency=2"));
  }

  /** Two workers, the second of which can go wrong. */
  private static final class Workers implements RoundRunner, AutoCloseable {
    private final List<Replica> replicas = new ArrayList<>();
    private final Optional<GradientStep.Made> broken;

    /**
     * @param broken what the second worker makes instead of each step, without moving its weights
     */
    Workers(Optional<GradientStep.Made> broken) {
      this.broken = broken;
      for (int i = 0; i < 2; i++) {
        replicas.add(new Replica(dataset, recipe, WeightsCard.EMPTY, new NativePhotoDecoder(), 2));
      }
    }

    @Override
    public List<WorkerRound> round(TrainingState start, int epoch, int firstStep, int steps) {
      WorkerRound first = replicas.get(0).round(start, 0, epoch, firstStep, steps);
      return List.of(
          first,
          broken.isPresent()
              ? new WorkerRound(start, Collections.nCopies(steps, broken.get()))
              : replicas.get(1).round(start, 1, epoch, firstStep, steps));
    }

    @Override
    public void close() {
      replicas.forEach(Replica::close);
    }
  }

  private static final CheckpointStore NOWHERE =
      new CheckpointStore() {
        @Override
        public void append(EpochMetrics metrics) {}

        @Override
        public void saveLast(ComputationGraph graph, Optional<INDArray> average) {}

        @Override
        public void saveBest(ComputationGraph graph) {}
      };

  private static void train(Workers workers, TrainingObserver... observers) throws IOException {
    new Trainer(
            dataset, recipe, new NativePhotoDecoder(), TrainingCaches.NONE, Optional.of(workers))
        .train(NOWHERE, List.of(observers));
  }

  @Test
  void workerWhoseGradientDiverges_endsTheTrainingAsOneProcessDoes() {
    try (Workers workers =
        new Workers(Optional.of(new GradientStep.Made(1, 1, OptionalDouble.of(Double.NaN))))) {
      assertThatThrownBy(() -> train(workers))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageStartingWith("The gradient's norm is NaN in epoch 1, step 1: lower the")
          .hasMessageContaining("learning rate");
    }
  }

  @Test
  void workerWhoseLossDiverges_endsTheTrainingAsOneProcessDoes() {
    try (Workers workers =
        new Workers(
            Optional.of(
                new GradientStep.Made(Double.POSITIVE_INFINITY, 1, OptionalDouble.of(1))))) {
      assertThatThrownBy(() -> train(workers))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageStartingWith("The loss is Infinity in epoch 1, step 1");
    }
  }

  @Test
  void statisticsForTheUi_areOfTheAveragedNetwork() throws Exception {
    Path run = Files.createDirectories(folder.resolve("stats"));
    try (Workers workers = new Workers(Optional.empty());
        StatsObserver stats = new StatsObserver(run, List.of())) {
      train(workers, stats);
    }
    StatsStorage kept = StatsFile.read(run.resolve(StatsFile.NAME));
    List<Persistable> reports =
        kept.getAllUpdatesAfter(kept.listSessionIDs().get(0), "StatsListener", "food4j", 0);

    assertThat(reports)
        .map(SbeStatsReport.class::cast)
        .allSatisfy(
            report -> {
              assertThat(report.getScore()).isPositive();
              boolean second = report.getIterationCount() > 3;
              assertThat(report.getMeanMagnitudes(StatsType.Updates).values())
                  .isNotEmpty()
                  .allMatch(moved -> moved > 0 == second);
            })
        .extracting(SbeStatsReport::getIterationCount)
        .containsExactlyInAnyOrder(2, 5); // the epochs' last steps, from 0
  }
}
