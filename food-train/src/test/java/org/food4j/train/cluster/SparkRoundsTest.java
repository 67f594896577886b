package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.loop.CheckpointStore;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trainings on Spark in this process, of 48 photos of three classes. */
class SparkRoundsTest {
  @TempDir private static Path folder;
  private static Dataset dataset;
  private static SparkCluster spark;

  @BeforeAll
  static void start() throws Exception {
    dataset = StripedPhotos.prepare(folder);
    spark = LocalSpark.open(2);
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.close();
    }
  }

  private static Recipe recipe(String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "model=seed_cnn", // small, without batch normalisation and dropout
                "head=linear",
                "input_size=32",
                "epochs=1",
                "batch_size=8",
                "warm_up_epochs=0",
                "augmentation=light"));
    all.addAll(List.of(settings));
    return RecipeFile.read("scratch", all);
  }

  /** What a training leaves in memory. */
  private static final class Kept implements CheckpointStore {
    private INDArray last;

    @Override
    public void append(EpochMetrics metrics) {}

    @Override
    public void saveLast(ComputationGraph graph, Optional<INDArray> average) {
      last = average.orElse(graph.params()).dup();
    }

    @Override
    public void saveBest(ComputationGraph graph) {}
  }

  private record Trained(float[] weights, List<Double> losses, TrainingResult result) {}

  private static Trained alone(Recipe recipe) throws Exception {
    return train(new Trainer(dataset, recipe, new NativePhotoDecoder()));
  }

  private static Trained onSpark(Recipe recipe) throws Exception {
    return onSpark(recipe, dataset, Optional.empty());
  }

  private static Trained onSpark(Recipe recipe, Dataset data, Optional<String> photos)
      throws Exception {
    try (SparkRounds rounds = new SparkRounds(spark, data, recipe, photos)) {
      return train(
          new Trainer(
              data, recipe, new NativePhotoDecoder(), TrainingCaches.NONE, Optional.of(rounds)));
    }
  }

  private static Trained train(Trainer trainer) throws Exception {
    Kept kept = new Kept();
    List<Double> losses = new ArrayList<>();
    TrainingResult result =
        trainer.train(
            kept,
            List.of(
                new TrainingObserver() {
                  @Override
                  public void step(int epoch, int step, double loss) {
                    losses.add(loss);
                  }
                }));
    return new Trained(kept.last.toFloatVector(), losses, result);
  }

  @Test
  void oneWorker_trainsAsThisProcessAlone_whateverTheRecipeHas() throws Exception {
    String[] all = {
      "model=se_cnn", // with batch normalisation
      "head=own",
      "workers=1",
      "averaging_frequency=2",
      "dropout=0.2",
      "mixup=0.2",
      "clip_norm=1",
      "accumulation_steps=2",
      "epochs=2"
    };
    Trained expected = alone(recipe(all));
    Trained actual = onSpark(recipe(all));

    assertThat(actual.losses()).hasSize(6).isEqualTo(expected.losses());
    assertThat(actual.weights()).isEqualTo(expected.weights());
  }

  @Test
  void twoWorkers_averagingEachStep_makeTheStepOfBothBatchesTogether() throws Exception {
    String[] plain = {
      "optimizer=sgd",
      "momentum=0",
      "weight_decay=0",
      "learning_rate=0.05",
      "augmentation=none",
      "label_smoothing=0"
    };
    Recipe whole = recipe(with(plain, "batch_size=16"));
    Recipe halves = recipe(with(plain, "workers=2", "averaging_frequency=1"));
    Trained expected = alone(whole);
    Trained actual = onSpark(halves);

    assertThat(actual.losses()).hasSameSizeAs(expected.losses());
    for (int step = 0; step < actual.losses().size(); step++) {
      assertThat(actual.losses().get(step)).isCloseTo(expected.losses().get(step), within(1e-4));
    }
    assertThat(actual.weights()).containsExactly(expected.weights(), within(1e-5f));
  }

  private static String[] with(String[] settings, String... more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void twoWorkers_trainTwice_alikeBitForBit_withLossesOfEachStep() throws Exception {
    Recipe recipe =
        recipe("workers=2", "averaging_frequency=2", "epochs=2", "dropout=0.2", "ema_decay=0.9");
    Trained first = onSpark(recipe);
    Trained again = onSpark(recipe);

    assertThat(first.losses()).hasSize(2 * 3).isEqualTo(again.losses());
    assertThat(first.weights()).isEqualTo(again.weights());
    assertThat(first.result().epochs().get(1).trainLoss())
        .isLessThan(first.result().epochs().get(0).trainLoss());
  }

  @Test
  void resumedTraining_onSpark_equalsOneThatWasNotInterrupted() throws Exception {
    Recipe recipe = recipe("workers=2", "averaging_frequency=2", "epochs=2", "ema_decay=0.9");
    float[] whole = runDirectory("whole", recipe, 2);
    runDirectory("paused", recipe, 1);

    assertThat(runDirectory("paused", recipe, 2)).isEqualTo(whole);
  }

  private static float[] runDirectory(String name, Recipe recipe, int lastEpoch) throws Exception {
    Path place = folder.resolve(name);
    try (SparkRounds rounds = new SparkRounds(spark, dataset, recipe, Optional.empty())) {
      Trainer trainer =
          new Trainer(
              dataset, recipe, new NativePhotoDecoder(), TrainingCaches.NONE, Optional.of(rounds));
      RunDirectory run =
          RunDirectory.isRun(place)
              ? RunDirectory.resume(place)
              : RunDirectory.create(place, recipe, dataset, trainer.preprocessing());
      trainer.resume(run, List.of(), lastEpoch);
      return run.recover().orElseThrow().trained().params().toFloatVector();
    }
  }

  @Test
  void photosOfAHadoopFileSystem_areCopied_andTrainTheSame() throws Exception {
    Recipe recipe = recipe("workers=2", "averaging_frequency=3");
    String place = LocalSpark.MOUNTED + dataset.photoRoot();
    Path copies = folder.resolve("copies");
    Dataset judged = ClusterPhotos.open(spark, dataset.directory(), place, copies);

    assertThat(judged.photoRoot()).isEqualTo(copies);
    assertThat(judged.entries()).allMatch(entry -> Files.exists(judged.photo(entry)));
    assertThat(onSpark(recipe, judged, Optional.of(place)).weights())
        .isEqualTo(onSpark(recipe).weights());
    assertThatThrownBy(
            () ->
                ClusterPhotos.open(
                    spark, dataset.directory(), place + "-gone", copies.resolve("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not be copied")
        .hasMessageContaining("photos-gone");
  }

  @Test
  void brokenPhoto_endsTheTraining_namingIt() throws Exception {
    Recipe recipe = recipe("workers=2");
    Path gone = Files.createDirectories(folder.resolve("gone"));
    Dataset without = Dataset.open(dataset.directory(), gone);

    assertThatThrownBy(() -> onSpark(recipe, without, Optional.of(gone.toString())))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("The workers could not make steps 1 to 3 of epoch 1")
        .hasMessageContaining(".png");
  }

  @Test
  void pretrainedNetwork_trainsOnWorkersAsItsWeightsSay() throws Exception {
    Path weights = folder.resolve("weights.safetensors");
    WeightExport.save(
        Architectures.named("se_cnn").graph(new NetworkSpec(3, 32), 11),
        weights,
        WeightsCard.builder()
            .padding(PaddingRule.SAME)
            .batchNormEps(0.1)
            .mean(List.of(0.9f, 0.1f, 0.5f))
            .std(List.of(0.5f, 0.3f, 0.1f))
            .build());
    String[] pretrained = {
      "model=se_cnn", "head=own", "weights=" + RecipeFile.quoted(weights.toString())
    };
    Trained expected = alone(recipe(pretrained));
    Trained actual = onSpark(recipe(pretrained));

    assertThat(actual.losses()).isEqualTo(expected.losses());
    assertThat(actual.weights()).isEqualTo(expected.weights());
  }

  @Test
  void interruptedThread_staysInterrupted() throws Exception {
    Recipe recipe = recipe("workers=2", "averaging_frequency=1");
    try (SparkRounds rounds = new SparkRounds(spark, dataset, recipe, Optional.empty())) {
      Trainer trainer =
          new Trainer(
              dataset, recipe, new NativePhotoDecoder(), TrainingCaches.NONE, Optional.of(rounds));
      TrainingObserver interrupting =
          new TrainingObserver() {
            @Override
            public void step(int epoch, int step, double loss) {
              Thread.currentThread().interrupt();
            }
          };
      assertThatThrownBy(() -> trainer.train(new Kept(), List.of(interrupting)))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining(
              "The workers could not make steps 2 to 2 of epoch 1: it was interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void clusterOfGpus_isRefused() {
    assertThatThrownBy(() -> SparkRounds.requireProcessors(true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("compute on processors, and ND4J is built for CUDA");
  }

  @Test
  void workersOfARecipe_withoutACluster_areRefused() throws Exception {
    Recipe recipe = recipe("workers=2");

    assertThatThrownBy(() -> alone(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workers 2 need a cluster to be on");
  }

  @Test
  void moreWorkersThanBatches_areRefused() throws Exception {
    Recipe recipe = recipe("workers=7");

    assertThatThrownBy(() -> onSpark(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 workers want a batch of 8 each, and there are 48 training photos");
  }
}
