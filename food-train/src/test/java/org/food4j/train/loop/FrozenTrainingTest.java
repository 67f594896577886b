package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.batch.PhotoDataSetIterator;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.data.transform.Augmentation;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;
import org.food4j.models.weights.ImportReport;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightImport;
import org.food4j.models.weights.WeightImportOptions;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.StripedPhotos;
import org.food4j.train.run.TrainedModel;
import org.food4j.train.schedule.CosineSchedule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** Training behind a frozen part of a small network, whose weights are nearly random. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenTrainingTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();
  private static final Architecture SE_CNN = Architectures.named("se_cnn");
  private static final Wiring WIRING = SE_CNN.wiring(new NetworkSpec(3, 32));

  private Path folder;
  private Dataset dataset;
  private Path weights;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
    weights = folder.resolve("weights.safetensors");
    writeWeights();
  }

  /** Of a network that has seen the photos twice, with a head for other classes. */
  private void writeWeights() throws Exception {
    Recipe recipe =
        RecipeFile.read("quickstart", List.of("input_size=32", "epochs=2", "warm_up_epochs=0"));
    Trainer trainer = trainer(recipe);
    KeptInMemory store = new KeptInMemory();
    trainer.train(store, List.of());
    Path ofThree = folder.resolve("three.safetensors");
    WeightExport.save(store.best, ofThree, WeightsCard.EMPTY);
    ComputationGraph ofFive = SE_CNN.graph(new NetworkSpec(5, 32), 11);
    new WeightImport(replacedHead()).load(Safetensors.open(ofThree), ofFive);
    WeightExport.save(ofFive, weights, WeightsCard.builder().architecture("se_cnn").build());
  }

  private Recipe recipe(String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("input_size=32", "epochs=4", "batch_size=8", "warm_up_epochs=0"));
    all.addAll(List.of("augmentation=none", "early_stopping_patience=0", "learning_rate=0.01"));
    all.add("weights=" + RecipeFile.quoted(weights.toString()));
    all.addAll(List.of(settings));
    return RecipeFile.read("scratch", all);
  }

  private Trainer trainer(Recipe recipe) throws Exception {
    return new Trainer(dataset, recipe, DECODER);
  }

  private RunDirectory run(String name, Recipe recipe, Trainer trainer) throws Exception {
    return RunDirectory.create(folder.resolve(name), recipe, dataset, trainer.preprocessing());
  }

  private WeightImportOptions replacedHead() {
    return WeightImportOptions.STRICT.withReplacedHead(SE_CNN.logits());
  }

  /** Parameters by vertex and name, as the file has them. */
  private Map<String, float[]> loaded() throws Exception {
    ComputationGraph graph = SE_CNN.graph(new NetworkSpec(3, 32), 1);
    new WeightImport(replacedHead()).load(Safetensors.open(weights), graph);
    return parameters(graph);
  }

  private static Map<String, float[]> parameters(ComputationGraph graph) {
    Map<String, float[]> all = new LinkedHashMap<>();
    graph.paramTable().forEach((name, values) -> all.put(name, values.dup('c').data().asFloat()));
    return all;
  }

  @ParameterizedTest
  @CsvSource({"backbone, 8", "stages.2, 4"})
  void training_behindAFrozenPart_learnsAndLeavesTheWholeNetwork(String freeze, int epochs)
      throws Exception {
    Recipe recipe = recipe("freeze=" + freeze, "epochs=" + epochs);
    Trainer trainer = trainer(recipe);
    RunDirectory run = run("learns-" + freeze, recipe, trainer);
    Watcher watcher = new Watcher();
    TrainingResult result = trainer.train(run, List.of(watcher));

    assertThat(watcher.reports).hasSize(1);
    int photos = dataset.entries(Split.TRAIN).size() + dataset.entries(Split.VALIDATION).size();
    assertThat(watcher.features).hasSize(photos).endsWith(photos + "/" + photos);
    assertThat(watcher.losses).hasSize(epochs * 6);
    assertThat(result.epochs().get(epochs - 1).trainLoss())
        .isLessThan(0.9 * result.epochs().get(0).trainLoss());
    assertThat(result.best().validationTop1()).isGreaterThan(0.5);

    Map<String, float[]> before = loaded();
    Map<String, float[]> after = parameters(run.best());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    List<String> frozen = frozenVertices(freeze);
    before.forEach(
        (name, values) -> {
          String vertex = name.substring(0, name.lastIndexOf('_'));
          if (frozen.contains(vertex)) {
            assertThat(after.get(name)).as(name).isEqualTo(values);
          } else {
            assertThat(after.get(name)).as(name).isNotEqualTo(values);
          }
        });
    try (TrainedModel model = TrainedModel.open(run.path())) {
      Evaluation validation = model.evaluate(dataset, Split.VALIDATION, DECODER, Progress.NONE);
      assertThat(validation.top1()).isEqualTo(result.best().validationTop1());
      assertThat(validation.loss()).isCloseTo(result.best().validationLoss(), within(1e-5));
    }
  }

  private static List<String> frozenVertices(String freeze) {
    List<String> vertices = new ArrayList<>();
    for (Stage stage : WIRING.backbone()) {
      vertices.addAll(stage.vertices());
      if (stage.name().equals(freeze)) {
        break;
      }
    }
    return vertices;
  }

  /**
   * The same with a whole network whose frozen part is computed again at every step, and kept by a
   * learning rate of 0.
   */
  @ParameterizedTest
  @CsvSource({"backbone, 0.01", "stages.2, 0.0001"})
  void training_onCachedFeatures_isThatOfTheWholeNetwork(String freeze, String rate)
      throws Exception {
    Recipe recipe =
        recipe("freeze=" + freeze, "frozen_statistics=true", "epochs=2", "learning_rate=" + rate);
    Trainer trainer = trainer(recipe);
    Watcher watcher = new Watcher();
    trainer.train(new KeptInMemory(), List.of(watcher));

    ComputationGraph whole = wholeWithFrozenPart(recipe, frozenVertices(freeze));
    List<Double> losses = new ArrayList<>();
    BatchSettings settings =
        BatchSettings.training(
            trainer.preprocessing(), Augmentation.NONE, recipe.batchSize(), recipe.seed());
    try (PhotoDataSetIterator batches =
        new PhotoDataSetIterator(
            new PhotoBatchReader(dataset, dataset.entries(Split.TRAIN), DECODER, settings))) {
      for (int epoch = 0; epoch < 2; epoch++) {
        batches.startEpoch(epoch);
        while (batches.hasNext()) {
          whole.fit(batches.next());
          losses.add(whole.score());
        }
      }
    }
    assertThat(watcher.losses).hasSameSizeAs(losses);
    for (int i = 0; i < losses.size(); i++) {
      assertThat(watcher.losses.get(i)).as("step %s", i).isCloseTo(losses.get(i), within(1e-5));
    }
    Map<String, float[]> reference = parameters(whole);
    assertThat(watcher.lastParameters).isNotEmpty();
    watcher.lastParameters.forEach(
        (name, values) ->
            assertThat(greatestDifference(values, reference.get(name))).as(name).isLessThan(1e-5));
  }

  private static double greatestDifference(float[] values, float[] others) {
    assertThat(values).hasSameSizeAs(others);
    double greatest = 0;
    for (int i = 0; i < values.length; i++) {
      greatest = Math.max(greatest, Math.abs(values[i] - others[i]));
    }
    return greatest;
  }

  private ComputationGraph wholeWithFrozenPart(Recipe recipe, List<String> frozen)
      throws Exception {
    CosineSchedule schedule = new CosineSchedule(recipe.learningRate(), 0, 0, 12);
    ComputationGraph start =
        TrainingGraph.create(
            SE_CNN,
            recipe.spec(3),
            new AdamW(schedule, recipe.weightDecay()),
            new SoftmaxCrossEntropy(recipe.labelSmoothing()),
            recipe.seed());
    new WeightImport(replacedHead()).load(Safetensors.open(weights), start);
    ComputationGraphConfiguration configuration = start.getConfiguration().clone();
    for (String vertex : frozen) {
      if (configuration.getVertices().get(vertex) instanceof LayerVertex layerVertex
          && layerVertex.getLayerConf().getLayer() instanceof BaseLayer layer) {
        layer.setIUpdater(new Sgd(0));
        layer.setRegularization(List.of());
      }
    }
    ComputationGraph whole = new ComputationGraph(configuration);
    whole.init();
    whole.setParams(start.params());
    return whole;
  }

  @Test
  void training_onAugmentedViews_isTheSameAgainAndOtherThanOnOne() throws Exception {
    String[] views = {"freeze=backbone", "feature_views=3", "augmentation=standard", "epochs=2"};
    List<Double> first = losses(recipe(views));
    assertThat(losses(recipe(views))).isEqualTo(first);
    List<Double> one = losses(recipe("freeze=backbone", "epochs=2"));
    assertThat(first.subList(0, 6)).isEqualTo(one.subList(0, 6)); // the first epoch's view is it
    assertThat(first.subList(6, 12)).doesNotContainAnyElementsOf(one.subList(6, 12));
  }

  private List<Double> losses(Recipe recipe) throws Exception {
    Watcher watcher = new Watcher();
    trainer(recipe).train(new KeptInMemory(), List.of(watcher));
    return watcher.losses;
  }

  @Test
  void training_withAFeatureFile_computesThemOnce() throws Exception {
    TrainingCaches caches =
        new TrainingCaches(Optional.empty(), Optional.of(folder.resolve("kept.safetensors")));
    for (String rate : List.of("0.01", "0.02")) {
      Recipe recipe = recipe("freeze=backbone", "epochs=1", "learning_rate=" + rate);
      Trainer trainer = new Trainer(dataset, recipe, DECODER, caches);
      Watcher watcher = new Watcher();
      trainer.train(new KeptInMemory(), List.of(watcher));
      assertThat(watcher.features.isEmpty()).isEqualTo(rate.equals("0.02"));
    }
  }

  @Test
  void training_thatEndsByAnError_leavesTheBestEpochSoFar() throws Exception {
    Recipe recipe = recipe("freeze=backbone");
    Trainer trainer = trainer(recipe);
    RunDirectory run = run("stopped", recipe, trainer);
    Watcher watcher = new Watcher();
    TrainingObserver pulledPlug =
        new TrainingObserver() {
          @Override
          public void step(int epoch, int step, double loss) {
            if (epoch == 2) {
              throw new IllegalStateException("the plug is pulled");
            }
          }
        };
    assertThatThrownBy(() -> trainer.train(run, List.of(watcher, pulledPlug)))
        .hasMessage("the plug is pulled");
    assertThat(parameters(RunDirectory.open(run.path()).best()).get("fc_W"))
        .isEqualTo(watcher.lastParameters.get("fc_W"));
  }

  @Test
  void statistics_frozen_stayWhileTheRestIsFineTuned() throws Exception {
    Recipe recipe = recipe("frozen_statistics=true", "stage_learning_rate_decay=0.5", "epochs=1");
    Trainer trainer = trainer(recipe);
    KeptInMemory store = new KeptInMemory();
    trainer.train(store, List.of());
    Map<String, float[]> after = parameters(store.best);
    int statistics = 0;
    for (Map.Entry<String, float[]> entry : loaded().entrySet()) {
      if (entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_var")) {
        statistics++;
        assertThat(after.get(entry.getKey())).as(entry.getKey()).isEqualTo(entry.getValue());
      } else {
        assertThat(after.get(entry.getKey())).as(entry.getKey()).isNotEqualTo(entry.getValue());
      }
    }
    assertThat(statistics).isGreaterThan(10);
  }

  @Test
  void recipe_thatCannotTrainBehindAFrozenPart_isRefused() throws Exception {
    assertThatThrownBy(() -> trainer(recipe("freeze=backbone", "mixup=0.2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mixup and cutmix")
        .hasMessageContaining("freeze backbone");
    assertThatThrownBy(() -> trainer(recipe("freeze=layer1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no stage 'layer1' to freeze up to: use backbone for all but the head, or one of stem, stages.0, stages.1, stages.2, stages.3");
    Path file = folder.resolve("file");
    TrainingCaches features = new TrainingCaches(Optional.empty(), Optional.of(file));
    assertThatThrownBy(() -> new Trainer(dataset, recipe(), DECODER, features))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all of the network is trained: set freeze");
    TrainingCaches packed = new TrainingCaches(Optional.of(file), Optional.empty());
    assertThatThrownBy(() -> new Trainer(dataset, recipe("freeze=backbone"), DECODER, packed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with freeze they are read once");
    TrainingCaches overWeights = new TrainingCaches(Optional.empty(), Optional.of(weights));
    assertThatThrownBy(() -> new Trainer(dataset, recipe("freeze=backbone"), DECODER, overWeights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not overwritten");
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void remarks_onViewsWithoutAugmentation_sayThatTheyAreAlike() throws Exception {
    assertThat(trainer(recipe("freeze=backbone", "feature_views=2")).remarks())
        .singleElement()
        .asString()
        .contains("feature_views 2 with augmentation none are all alike");
    assertThat(trainer(recipe("freeze=backbone")).remarks()).isEmpty();
  }

  /** The best epoch, without a file. */
  private static final class KeptInMemory implements CheckpointStore {
    private ComputationGraph best;

    @Override
    public void saveLast(ComputationGraph graph, Optional<INDArray> average) {
      assertThat(graph).isNotNull();
    }

    @Override
    public void saveBest(ComputationGraph graph) {
      best = graph.clone();
    }

    @Override
    public void append(EpochMetrics metrics) {
      assertThat(metrics.trainLoss()).isFinite();
    }
  }

  /** Writes down what it is told. */
  private static final class Watcher implements TrainingObserver {
    private final List<ImportReport> reports = new ArrayList<>();
    private final List<String> features = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private Map<String, float[]> lastParameters = Map.of();
    private ComputationGraph graph;

    @Override
    public void loaded(ImportReport report) {
      reports.add(report);
    }

    @Override
    public void features(int done, int total) {
      features.add(done + "/" + total);
    }

    @Override
    public void started(ComputationGraph trained, int epochs, int stepsPerEpoch) {
      graph = trained;
    }

    @Override
    public void step(int epoch, int step, double loss) {
      losses.add(loss);
    }

    @Override
    public void epoch(EpochMetrics metrics, boolean best) {
      lastParameters = parameters(graph);
    }
  }
}
