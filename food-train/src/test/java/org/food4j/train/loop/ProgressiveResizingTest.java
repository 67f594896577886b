package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.Head;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.food4j.train.run.TrainedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Trainings whose photos grow. */
class ProgressiveResizingTest {
  private static Recipe recipe(String... settings) throws Exception {
    return RecipeFile.read("scratch", List.of(settings));
  }

  private static List<Integer> sizes(Recipe recipe) {
    return IntStream.rangeClosed(1, recipe.epochs()).mapToObj(recipe::trainingSize).toList();
  }

  @Test
  void size_ofEachEpoch_growsInStepsOf32ToTheInputs() throws Exception {
    assertThat(sizes(recipe("epochs=8", "input_size=128", "first_input_size=64")))
        .containsExactly(64, 64, 64, 96, 96, 96, 128, 128);
    assertThat(sizes(recipe("epochs=5", "input_size=224", "first_input_size=100")))
        .containsExactly(100, 128, 160, 192, 224);
    assertThat(
            sizes(
                recipe("epochs=4", "input_size=380", "first_input_size=379", "resize_share=0.01")))
        .containsExactly(379, 380, 380, 380);
    assertThat(
            sizes(
                recipe(
                    "epochs=2",
                    "warm_up_epochs=0",
                    "input_size=64",
                    "first_input_size=32",
                    "resize_share=0.99")))
        .containsExactly(32, 64);
    assertThat(sizes(recipe("epochs=4", "input_size=90"))).containsOnly(90);
  }

  @Test
  void recipe_withSizesThatDoNotGrow_isRefused() {
    assertThatThrownBy(() -> recipe("first_input_size=128"))
        .hasMessageContaining("below input_size (128), not at 128");
    assertThatThrownBy(() -> recipe("first_input_size=31"))
        .hasMessageContaining("between 32 and below");
    assertThatThrownBy(() -> recipe("first_input_size=64", "epochs=1", "warm_up_epochs=0"))
        .hasMessageContaining("leaves none at input_size");
    assertThatThrownBy(() -> recipe("first_input_size=64", "weights=a", "freeze=backbone"))
        .hasMessageContaining("does not go with freeze backbone");
    assertThatThrownBy(() -> recipe("resize_share=1")).hasMessageContaining("resize_share");
  }

  @Test
  void architectures_thatPoolGlobally_takeAllSizesAndTheOthersSayTheyDoNot() throws Exception {
    List<String> fixed = new ArrayList<>();
    for (Architecture architecture : Architectures.all()) {
      Recipe recipe = recipe("epochs=4", "input_size=224", "first_input_size=96");
      NetworkSpec spec = new NetworkSpec(5, architecture.inputSize());
      try {
        ProgressiveResizing.requireAnySize(recipe, architecture, spec);
      } catch (IllegalArgumentException e) {
        fixed.add(architecture.name());
        assertThat(e)
            .hasMessage(
                "The head of %s takes photos of %s px alone, not of first_input_size 96: set that to 0, or head to linear",
                architecture.name(), spec.inputSize());
        NetworkSpec linear = spec.toBuilder().head(Head.LINEAR).build();
        assertThatCode(() -> ProgressiveResizing.requireAnySize(recipe, architecture, linear))
            .doesNotThrowAnyException();
      }
    }
    assertThat(fixed).isNotEmpty().allMatch(name -> name.matches("vgg.*|seed_cnn.*"));
  }

  @Test
  void vgg_ofTwoSizesThatItCanBeBuiltFor_isRefusedToo() throws Exception {
    Recipe recipe = recipe("epochs=4", "input_size=448", "first_input_size=224");
    assertThatThrownBy(
            () ->
                ProgressiveResizing.requireAnySize(
                    recipe, Architectures.named("vgg16"), new NetworkSpec(5, 448)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not of first_input_size 224");
  }

  /** Notes what a training says and does. */
  private static final class Watch implements TrainingObserver {
    private final List<String> changes = new ArrayList<>();
    private final List<Long> seen = new ArrayList<>();

    @Override
    public void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {
      graph.addListeners(
          new BaseTrainingListener() {
            @Override
            public void onForwardPass(Model model, java.util.Map<String, INDArray> activations) {
              INDArray maps = graph.getInput(0);
              if (seen.isEmpty() || seen.get(seen.size() - 1) != maps.size(2)) {
                seen.add(maps.size(2));
              }
            }
          });
    }

    @Override
    public void curriculum(int epoch, String change) {
      changes.add(epoch + ": " + change);
    }
  }

  @Test
  void train_ofGrowingPhotos_saysTheirSizeAndEndsAtTheInputs(@TempDir Path folder)
      throws Exception {
    Dataset dataset = StripedPhotos.prepare(folder);
    Recipe recipe =
        recipe(
            "input_size=96",
            "first_input_size=32",
            "epochs=3",
            "batch_size=8",
            "warm_up_epochs=0",
            "resize_share=0.5");
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder());
    assertThat(trainer.remarks())
        .contains(
            "training photos grow: 32 px from epoch 1, 64 px from epoch 2, 96 px from epoch 3; validation always sees 96 px");
    RunDirectory run =
        RunDirectory.create(folder.resolve("run"), recipe, dataset, trainer.preprocessing());
    Watch watch = new Watch();
    TrainingResult result = trainer.train(run, List.of(watch));

    assertThat(watch.changes)
        .containsExactly(
            "1: training photos of 32 px",
            "2: training photos of 64 px",
            "3: training photos of 96 px");
    assertThat(watch.seen).startsWith(32L).endsWith(96L).contains(64L);
    assertThat(result.epochs()).extracting(EpochMetrics::inputSize).containsExactly(32, 64, 96);
    assertThat(run.metrics()).isEqualTo(result.epochs());
    try (TrainedModel model = TrainedModel.open(run.path())) {
      assertThat(model.card().preprocessing().inputSize()).isEqualTo(96);
    }
  }

  /** What a small size needed is a part of what the large one needs, not more on top. */
  @Test
  void workspaces_ofPhotosThatGrew_areThoseOfTheLargestAlone() throws InterruptedException {
    long[] bytes = new long[2];
    Thread grown = new Thread(() -> bytes[0] = workspaces(32, 64, 96));
    Thread large = new Thread(() -> bytes[1] = workspaces(96));
    grown.start();
    grown.join();
    large.start();
    large.join();
    assertThat(bytes[1]).isPositive();
    // not the sum of all sizes, which is 1.56 times the largest; DL4J allocates a little ahead
    assertThat(bytes[0]).isBetween(bytes[1] / 2, bytes[1] * 5 / 4);
  }

  private static long workspaces(int... sizes) {
    ComputationGraph graph =
        TrainingGraph.create(
            Architectures.named("se_cnn"),
            new NetworkSpec(3, 96),
            new AdamW(new FixedSchedule(1e-3), 0),
            new SoftmaxCrossEntropy(),
            1);
    for (int size : sizes) {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 3);
      labels.getColumn(0).assign(1);
      for (int pass = 0; pass < 3; pass++) {
        graph.fit(new DataSet(Nd4j.rand(DataType.FLOAT, 4, 3, size, size), labels));
      }
    }
    long bytes =
        Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
            .mapToLong(MemoryWorkspace::getCurrentSize)
            .sum();
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    return bytes;
  }
}
