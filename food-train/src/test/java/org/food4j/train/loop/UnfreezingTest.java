package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Stages that learn one after another, head first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnfreezingTest {
  private static final Architecture NETWORK = Architectures.named("se_cnn");
  private static final NetworkSpec SPEC = new NetworkSpec(3, 32);
  private static final Wiring WIRING = NETWORK.wiring(SPEC);
  private static final int STEPS = 6;
  private static final double RATE = 1e-3;

  private Path folder;
  private Dataset dataset;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
  }

  private static Recipe recipe(String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("input_size=32", "batch_size=8", "warm_up_epochs=0", "weights=some"));
    all.addAll(List.of(settings));
    return RecipeFile.read("scratch", all);
  }

  @Test
  void border_ofEachEpoch_descendsStageByStage() {
    List<Stage> backbone = WIRING.backbone();
    int last = backbone.size() - 1;
    Unfreezing plan = new Unfreezing(WIRING, List.of(1, 3, 4));
    assertThat(IntStream.range(0, 6).mapToObj(plan::border))
        .containsExactly(
            Optional.of(WIRING.pooled()),
            Optional.of(backbone.get(last - 1).output()),
            Optional.of(backbone.get(last - 1).output()),
            Optional.of(backbone.get(last - 2).output()),
            Optional.empty(),
            Optional.empty());
    assertThat(plan.firstEpochs()).hasSize(last + 2).startsWith(4, 4).endsWith(4, 3, 1, 0);
    assertThat(IntStream.range(0, 6).mapToObj(plan::change))
        .containsExactly(
            Optional.of("the head alone is trained"),
            Optional.of("stage %s is trained from now on".formatted(backbone.get(last).name())),
            Optional.empty(),
            Optional.of("stage %s is trained from now on".formatted(backbone.get(last - 1).name())),
            Optional.of("all stages are trained from now on"),
            Optional.empty());
    Unfreezing none = new Unfreezing(WIRING, List.of());
    assertThat(none.border(0)).isEmpty();
    assertThat(none.change(0)).isEmpty();
    assertThat(none.firstEpochs()).isEmpty();
  }

  private static ComputationGraph whole() {
    List<Integer> firstSteps =
        new Unfreezing(WIRING, List.of(1, 2)).firstEpochs().stream().map(e -> e * STEPS).toList();
    return TrainingGraph.create(
        NETWORK,
        SPEC,
        new AdamW(new FixedSchedule(RATE), 0),
        new SoftmaxCrossEntropy(),
        0.5,
        firstSteps,
        7);
  }

  private static Map<String, INDArray> copy(ComputationGraph graph) {
    Map<String, INDArray> values = new HashMap<>();
    graph.paramTable().forEach((name, value) -> values.put(name, value.dup()));
    return values;
  }

  /** Names of the parameters, statistics among them, of some stages. */
  private static List<String> names(ComputationGraph whole, List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.vertices().stream())
        .flatMap(
            vertex ->
                whole.getVertex(vertex).paramTable(false).keySet().stream()
                    .map(parameter -> vertex + "_" + parameter))
        .toList();
  }

  private static double change(
      Map<String, INDArray> before, ComputationGraph after, List<String> names) {
    return names.stream()
        .mapToDouble(name -> after.getParam(name).sub(before.get(name)).amaxNumber().doubleValue())
        .max()
        .orElseThrow();
  }

  @Test
  void parameters_belowTheBorder_areBitUnchangedUntilReleasedAndThenStartAfresh() throws Exception {
    ComputationGraph whole = whole();
    List<Stage> stages = WIRING.stages();
    int head = stages.size() - 1;
    Map<String, INDArray> start = copy(whole);
    Recipe recipe = recipe("epochs=3", "unfreeze_epochs=[1, 2]", "augmentation=light");
    try (UnfreezingMaterial material =
        new UnfreezingMaterial(
            whole,
            new PhotoMaterial(
                whole,
                dataset,
                recipe,
                new NativePhotoDecoder(),
                Preprocessing.imagenet(32),
                Optional.empty(),
                1),
            new Unfreezing(WIRING, recipe.curriculum().unfreezeEpochs()))) {
      for (int epoch = 0; epoch < 3; epoch++) {
        ComputationGraph before = material.graph();
        Map<OptimizerState.Place, Map<String, INDArray>> kept =
            epoch == 0 ? Map.of() : OptimizerState.of(before);
        material.startEpoch(epoch);
        if (epoch == 0) {
          material.graph().addListeners(new ScoreIterationListener(1000));
        } else {
          assertStateOf(material.graph(), kept);
          assertThat(material.graph()).isNotSameAs(before);
          assertThat(material.graph().getIterationCount()).isEqualTo(epoch * STEPS);
        }
        assertThat(material.graph().getListeners()).hasSize(1);
        int lowest = epoch == 2 ? 0 : head - epoch;
        List<String> below = names(whole, stages.subList(0, lowest));
        List<String> stage = names(whole, stages.subList(lowest, lowest + 1));
        Map<String, INDArray> old = copy(whole);

        material.graph().fit(material.next());
        material.validate(Progress.NONE);
        // Adam's first step is the learning rate long, a later one with no past would be thrice it
        assertThat(change(old, whole, stage.stream().filter(n -> n.endsWith("_W")).toList()))
            .isCloseTo(RATE * Math.pow(0.5, head - lowest), withPercentage(1));
        int steps = 1;
        for (; material.hasNext(); steps++) {
          material.graph().fit(material.next());
        }
        assertThat(steps).isEqualTo(STEPS);
        material.validate(Progress.NONE);
        for (String name : below) {
          assertThat(whole.getParam(name)).as(name).isEqualTo(start.get(name));
        }
        assertThat(stage).allMatch(name -> change(old, whole, List.of(name)) > 0);
      }
      assertThat(material.graph()).isSameAs(whole);
    }
  }

  private static void assertStateOf(
      ComputationGraph graph, Map<OptimizerState.Place, Map<String, INDArray>> kept) {
    Map<OptimizerState.Place, Map<String, INDArray>> state = OptimizerState.of(graph);
    assertThat(state.keySet()).containsAll(kept.keySet()).hasSizeGreaterThan(kept.size());
    state.forEach(
        (place, arrays) ->
            arrays.forEach(
                (name, array) -> {
                  if (kept.containsKey(place)) {
                    assertThat(array).isEqualTo(kept.get(place).get(name));
                  } else {
                    assertThat(array.amaxNumber().doubleValue()).isZero();
                  }
                }));
    assertThat(kept.values().stream().flatMap(arrays -> arrays.values().stream()))
        .anyMatch(array -> array.amaxNumber().doubleValue() > 0);
  }

  @Test
  void train_withUnfreezing_saysWhatIsReleasedAndKeepsTheWholeNetwork() throws Exception {
    Path weights = folder.resolve("weights.safetensors");
    WeightExport.save(NETWORK.graph(SPEC, 3), weights, WeightsCard.EMPTY);
    Recipe recipe =
        recipe(
            "epochs=2",
            "unfreeze_epochs=[1]",
            "first_input_size=32",
            "input_size=64",
            "weights=" + RecipeFile.quoted(weights.toString()));
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder());
    RunDirectory run =
        RunDirectory.create(folder.resolve("run"), recipe, dataset, trainer.preprocessing());
    List<String> said = new ArrayList<>();
    TrainingResult result =
        trainer.train(
            run,
            List.of(
                new TrainingObserver() {
                  @Override
                  public void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {
                    said.add("starts");
                  }

                  @Override
                  public void curriculum(int epoch, String change) {
                    said.add(epoch + ": " + change);
                  }

                  @Override
                  public void released(ComputationGraph graph) {
                    said.add("%s parameters".formatted(graph.numParams()));
                  }
                }));
    assertThat(said)
        .containsExactly(
            "starts",
            "1: training photos of 32 px",
            "1: the head alone is trained",
            "2: training photos of 64 px",
            "2: all stages are trained from now on",
            run.best().numParams() + " parameters");
    assertThat(result.epochs()).hasSize(2);
  }

  /** Averages parameters by name, whatever graph they are in, as the paper's formula has it. */
  private static final class Averaging implements TrainingObserver {
    private final Map<String, INDArray> averages = new HashMap<>();
    private ComputationGraph graph;

    @Override
    public void started(ComputationGraph first, int epochs, int stepsPerEpoch) {
      assertThat(stepsPerEpoch).isEqualTo(STEPS / 2);
      released(first);
    }

    @Override
    public void released(ComputationGraph next) {
      graph = next;
      copy(next).forEach(averages::putIfAbsent);
    }

    @Override
    public void step(int epoch, int step, double loss) {
      int count = (epoch - 1) * STEPS / 2 + step;
      double kept = Math.min(0.5, (1.0 + count) / (10.0 + count));
      averages.replaceAll(
          (name, value) -> value.mul(kept).addi(graph.paramTable().get(name).mul(1 - kept)));
    }
  }

  @Test
  void average_overReleases_isThatOfEachParameterSinceItWasReleased() throws Exception {
    Path weights = folder.resolve("averaged.safetensors");
    WeightExport.save(NETWORK.graph(SPEC, 3), weights, WeightsCard.EMPTY);
    Recipe recipe =
        recipe(
            "epochs=2",
            "unfreeze_epochs=[1]",
            "ema_decay=0.5",
            "accumulation_steps=2",
            "clip_norm=1",
            "weights=" + RecipeFile.quoted(weights.toString()));
    Trainer trainer = new Trainer(dataset, recipe, new NativePhotoDecoder());
    Averaging expected = new Averaging();
    List<INDArray> averages = new ArrayList<>();
    List<ComputationGraph> kept = new ArrayList<>();
    trainer.train(
        new CheckpointStore() {
          @Override
          public void append(EpochMetrics metrics) {}

          @Override
          public void saveLast(ComputationGraph graph, Optional<INDArray> average) {
            averages.add(average.orElseThrow().dup());
          }

          @Override
          public void saveBest(ComputationGraph graph) {
            kept.add(graph.clone());
          }
        },
        List.of(expected));
    ComputationGraph whole = expected.graph;
    assertThat(averages.get(0).length()).isLessThan(whole.numParams());
    assertThat(averages.get(1).length()).isEqualTo(whole.numParams());
    INDArray trained = whole.params().dup();
    whole.setParams(averages.get(1));
    Map<String, INDArray> found = copy(whole);
    assertThat(found.keySet()).isEqualTo(expected.averages.keySet());
    found.forEach(
        (name, value) ->
            assertThat(value.sub(expected.averages.get(name)).amaxNumber().doubleValue())
                .as(name)
                .isLessThan(1e-5));
    assertThat(trained.sub(averages.get(1)).amaxNumber().doubleValue()).isGreaterThan(1e-4);
    assertThat(kept).isNotEmpty().allMatch(graph -> graph.numParams() == whole.numParams());
    // what was kept while stages were waiting is trained on by someone who releases them all
    ComputationGraph first = kept.get(0);
    INDArray labels = Nd4j.zeros(2, first.getLayer("fc").getParam("W").size(1));
    labels.putScalar(0, 1, 1).putScalar(1, 0, 1);
    first.fit(new DataSet(Nd4j.rand(2, 3, 32, 32), labels));
    assertThat(first.params().sumNumber().doubleValue()).isFinite();
  }

  @Test
  void recipe_thatReleasesMoreThanThereIs_isRefused() throws Exception {
    List<Integer> many = IntStream.rangeClosed(1, WIRING.stages().size()).boxed().toList();
    assertThatThrownBy(() -> new Unfreezing(WIRING, many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("releases %s stages, but the network has", many.size())
        .hasMessageContaining("stages.3");
    assertThatThrownBy(() -> recipe("unfreeze_epochs=[0]"))
        .hasMessageContaining("unfreeze_epochs rise between 0 and epochs (40), not as [0]");
    assertThatThrownBy(() -> recipe("unfreeze_epochs=[3, 40]"))
        .hasMessageContaining("not as [3, 40]");
    assertThatThrownBy(() -> recipe("unfreeze_epochs=[1]", "weights=none"))
        .hasMessageContaining("behind random values");
    assertThatThrownBy(() -> recipe("unfreeze_epochs=[1]", "freeze=backbone"))
        .hasMessageContaining("does not go with freeze backbone");
  }
}
