package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.Head;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.train.device.Devices;
import org.food4j.train.device.Replicas;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.optimizer.Optimizer;
import org.food4j.train.optimizer.Sgd;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.recipe.Stepping;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Steps and whole trainings of two replicas, on the one device that a test has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceTrainingTest {
  private static final FixedSchedule RATE = new FixedSchedule(0.01);

  private Path folder;
  private Dataset dataset;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
  }

  /** Clipped, of two batches, with momentum or Adam: the optimiser sees the whole gradient. */
  @Test
  void steps_ofTwoReplicas_areThoseOfTheWholeBatch() {
    for (Optimizer optimizer : List.of(new Sgd(RATE, 0.9, false, 0.02), new AdamW(RATE, 0.1))) {
      ComputationGraph whole = graph(optimizer);
      ComputationGraph split = graph(optimizer);
      Stepping stepping = new Stepping(0.5, 2, 0);
      float[] start = whole.params().dup().data().asFloat();
      List<DataSet> batches = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        batches.add(
            new DataSet(
                Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32), Nd4j.eye(4).castTo(DataType.FLOAT)));
      }
      try (Replicas replicas = new Replicas(new Devices(2))) {
        GradientStep wholeStep = new GradientStep(whole, stepping, 5);
        GradientStep splitStep = new GradientStep(split, stepping, 5, replicas);
        var forWhole = batches.iterator();
        var forSplit = batches.iterator();
        while (forWhole.hasNext()) {
          GradientStep.Made expected = wholeStep.make(forWhole);
          GradientStep.Made made = splitStep.make(forSplit);
          assertThat(made.batches()).isEqualTo(2);
          assertThat(made.loss()).isCloseTo(expected.loss(), withPercentage(0.01));
          assertThat(made.gradientNorm().orElseThrow())
              .isCloseTo(expected.gradientNorm().orElseThrow(), withPercentage(0.1));
        }
      }
      float[] expected = whole.params().data().asFloat();
      assertThat(distance(expected, start)).isGreaterThan(0.02);
      assertThat(distance(split.params().data().asFloat(), expected))
          .as("%s", optimizer)
          .isLessThan(1e-2 * distance(expected, start));
      assertThat(split.getIterationCount()).isEqualTo(3);
    }
  }

  /** Without batch normalisation, which looks at each replica's photos alone. */
  private static ComputationGraph graph(Optimizer optimizer) {
    return TrainingGraph.create(
        Architectures.named("seed_cnn"),
        new NetworkSpec(4, 32).toBuilder().head(Head.LINEAR).dropout(0).build(),
        optimizer,
        new SoftmaxCrossEntropy(0.1),
        3);
  }

  @Test
  void training_interruptedOrRepeated_isTheSameToTheBit() throws Exception {
    Recipe recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "model=se_cnn",
                "input_size=32",
                "batch_size=7",
                "epochs=2",
                "warm_up_epochs=0",
                "dropout=0.3",
                "clip_norm=1",
                "ema_decay=0.9"));
    float[] once = train(recipe, "once", 2);
    assertThat(train(recipe, "again", 2)).isEqualTo(once);
    assertThat(train(recipe, "paused", 1, 2)).isEqualTo(once);
    assertThat(train(recipe, "one", Devices.ONE, 2)).isNotEqualTo(once);
  }

  private float[] train(Recipe recipe, String name, int... ends) throws Exception {
    return train(recipe, name, new Devices(2), ends);
  }

  private float[] train(Recipe recipe, String name, Devices devices, int... ends) throws Exception {
    List<ComputationGraph> graphs = new ArrayList<>();
    TrainingObserver watcher =
        new TrainingObserver() {
          @Override
          public void started(ComputationGraph graph, int epochs, int steps) {
            graphs.add(graph);
          }
        };
    Path directory = folder.resolve(name);
    for (int end : ends) {
      Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder()).on(devices);
      RunDirectory run =
          graphs.isEmpty()
              ? RunDirectory.create(directory, recipe, dataset, trainer.preprocessing())
              : RunDirectory.resume(directory);
      trainer.resume(run, List.of(watcher), end);
    }
    return graphs.get(graphs.size() - 1).params().data().asFloat();
  }

  @Test
  void training_ofBatchesSmallerThanTheNumberOfDevices_isRefused() throws Exception {
    Recipe recipe =
        RecipeFile.read("scratch", List.of("input_size=32", "batch_size=2", "warm_up_epochs=0"));
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder());
    assertThatThrownBy(() -> trainer.on(new Devices(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A batch of 2 photos cannot be split between 3 devices");
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
