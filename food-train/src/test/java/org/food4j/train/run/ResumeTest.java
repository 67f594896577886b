package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.loop.CheckpointStore;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.loop.TrainingResult;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trainings that end at the worst moments, and what becomes of them when they go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  /** With everything that draws random numbers. */
  private static final List<String> SETTINGS =
      List.of(
          "input_size=32",
          "batch_size=8",
          "warm_up_epochs=1",
          "augmentation=standard",
          "dropout=0.3",
          "stochastic_depth=0.3");

  /** With all that is done to gradients and weights. */
  private static final List<String> STEPPING =
      List.of("clip_norm=0.5", "accumulation_steps=2", "ema_decay=0.9");

  private Path folder;
  private Dataset dataset;
  private Recipe whole;
  private Recipe frozen;
  private Recipe averaged;
  private Recipe everything;
  private RunDirectory wholeRun;
  private RunDirectory frozenRun;
  private RunDirectory averagedRun;
  private RunDirectory everythingRun;

  @BeforeAll
  void trainWithoutInterruption(@TempDir Path temporary) throws Exception {
    folder = temporary;
    dataset = StripedPhotos.prepare(folder);
    whole =
        recipe(STEPPING, "epochs=2", "warm_up_epochs=0", "mixup=0.2", "early_stopping_patience=0");
    Path weights = folder.resolve("weights.safetensors");
    WeightExport.save(
        Architectures.named("se_cnn").graph(new NetworkSpec(5, 32), 3), weights, WeightsCard.EMPTY);
    // the fourth epoch is the patience's last: nothing improves top-1 by 1
    String pretrained = "weights=" + RecipeFile.quoted(weights.toString());
    String[] head = {
      "epochs=6",
      "freeze=backbone",
      "feature_views=2",
      pretrained,
      "early_stopping_patience=3",
      "early_stopping_min_change=1"
    };
    frozen = recipe(List.of(), head);
    averaged = recipe(STEPPING, head);
    averagedRun = start("averaged", averaged);
    trainer(averaged).train(averagedRun, List.of());
    everything =
        recipe(
            STEPPING,
            "epochs=3",
            "unfreeze_epochs=[1, 2]",
            "input_size=48",
            "first_input_size=32",
            pretrained,
            "stage_learning_rate_decay=0.5",
            "focal_gamma=2",
            "early_stopping_patience=0");
    everythingRun = start("everything", everything);
    trainer(everything).train(everythingRun, List.of());
    wholeRun = start("whole", whole);
    trainer(whole).train(wholeRun, List.of());
    frozenRun = start("frozen", frozen);
    TrainingResult result = trainer(frozen).train(frozenRun, List.of());
    assertThat(result.stoppedEarly()).isTrue();
    assertThat(result.epochs()).hasSize(4);
  }

  private static Recipe recipe(List<String> more, String... settings) throws IOException {
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(more);
    all.addAll(List.of(settings));
    return RecipeFile.read("scratch", all);
  }

  private Trainer trainer(Recipe recipe) throws IOException {
    TrainingCaches caches =
        recipe.transfer().freezes()
            ? new TrainingCaches(
                Optional.empty(), Optional.of(folder.resolve("features.safetensors")))
            : TrainingCaches.NONE;
    return new Trainer(dataset, recipe, DECODER, caches);
  }

  private RunDirectory start(String name, Recipe recipe) throws IOException {
    Trainer trainer = trainer(recipe);
    return RunDirectory.create(
        folder.resolve(name), recipe, dataset, trainer.preprocessing(), trainer.provenance());
  }

  /** What a killed process does not get to handle. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** When the process ends; in the second epoch, or at the first call after it. */
  private enum Moment {
    IN_THE_FIRST_EPOCH,
    IN_A_STEP,
    BEFORE_THE_METRICS,
    IN_THE_METRICS,
    AFTER_THE_METRICS,
    IN_THE_CHECKPOINT,
    AFTER_THE_CHECKPOINT,
    BEFORE_THE_BEST,
    AFTER_THE_EPOCH
  }

  /** A run whose process is killed at a moment. */
  private record Doomed(RunDirectory run, Moment moment)
      implements CheckpointStore, TrainingObserver {
    private void at(Moment now, int epoch) {
      int last = moment == Moment.IN_THE_FIRST_EPOCH ? 1 : 2;
      if (now == moment && epoch >= last) {
        throw new Killed();
      }
    }

    @Override
    public void step(int epoch, int step, double loss) {
      if (step == 3) {
        at(Moment.IN_THE_FIRST_EPOCH, epoch);
        at(Moment.IN_A_STEP, epoch);
      }
    }

    @Override
    public void append(EpochMetrics metrics) throws IOException {
      at(Moment.BEFORE_THE_METRICS, metrics.epoch());
      if (moment == Moment.IN_THE_METRICS && metrics.epoch() == 2) {
        Files.write(
            run.path().resolve(RunDirectory.METRICS),
            "{\"epoch\":2,\"train_lo\u00e9".getBytes(StandardCharsets.ISO_8859_1),
            StandardOpenOption.APPEND);
      }
      at(Moment.IN_THE_METRICS, metrics.epoch());
      run.append(metrics);
      at(Moment.AFTER_THE_METRICS, metrics.epoch());
    }

    @Override
    public void saveLast(ComputationGraph graph, Optional<INDArray> average) throws IOException {
      Path left = run.path().resolve("checkpoints/.last.zip.4711.tmp");
      if (moment == Moment.IN_THE_CHECKPOINT && graph.getEpochCount() == 2) {
        Files.writeString(left, "half of it");
      }
      at(Moment.IN_THE_CHECKPOINT, graph.getEpochCount());
      run.saveLast(graph, average);
      at(Moment.AFTER_THE_CHECKPOINT, graph.getEpochCount());
    }

    @Override
    public void saveBest(ComputationGraph graph) throws IOException {
      at(Moment.BEFORE_THE_BEST, graph.getEpochCount());
      run.saveBest(graph);
    }

    @Override
    public void saveBestPart(ComputationGraph graph) throws IOException {
      at(Moment.BEFORE_THE_BEST, graph.getEpochCount());
      run.saveBestPart(graph);
    }

    @Override
    public void epoch(EpochMetrics metrics, boolean best) {
      at(Moment.AFTER_THE_EPOCH, metrics.epoch());
    }
  }

  @Test
  void wholeNetwork_killedAndResumed_isThatOfNoInterruption() throws Exception {
    assertResumes(whole, wholeRun, Moment.IN_THE_METRICS);
  }

  /**
   * Stages are released before the second epoch and after it, where the photos grow too: in the
   * second epoch one graph is trained, and another one after it.
   */
  @ParameterizedTest
  @EnumSource(names = {"IN_A_STEP", "AFTER_THE_CHECKPOINT"})
  void everythingTogether_killedAndResumed_isThatOfNoInterruption(Moment moment) throws Exception {
    assertResumes(everything, everythingRun, moment);
    assertThat(everythingRun.metrics())
        .extracting(EpochMetrics::inputSize)
        .containsExactly(32, 32, 48);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void behindAFrozenPart_killedAndResumed_isThatOfNoInterruption(Moment moment) throws Exception {
    assertResumes(frozen, frozenRun, moment);
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_A_STEP", "IN_THE_CHECKPOINT", "BEFORE_THE_BEST"})
  void averagedBehindAFrozenPart_killedAndResumed_isThatOfNoInterruption(Moment moment)
      throws Exception {
    assertResumes(averaged, averagedRun, moment);
  }

  private void assertResumes(Recipe recipe, RunDirectory reference, Moment moment)
      throws Exception {
    String name = reference.path().getFileName() + "-" + moment;
    Doomed doomed = new Doomed(start(name, recipe), moment);
    assertThatThrownBy(() -> trainer(recipe).train(doomed, List.of(doomed)))
        .isInstanceOf(Killed.class);

    RunDirectory run = RunDirectory.resume(folder.resolve(name));
    run.requireOrigin(dataset, trainer(recipe).provenance());
    TrainingResult result = trainer(run.recipe()).resume(run, List.of());

    assertThat(withoutTimes(run.metrics())).isEqualTo(withoutTimes(reference.metrics()));
    assertThat(result.epochs()).isEqualTo(run.metrics());
    assertSame(run, reference);
    assertThat(run.path().resolve("checkpoints"))
        .isDirectoryNotContaining("glob:**.tmp")
        .isDirectoryContaining("glob:**best.zip");
  }

  /** Weights, optimiser state and averages, bit by bit. */
  static void assertSame(RunDirectory run, RunDirectory reference) throws IOException {
    assertThat(floats(run.best().params())).isEqualTo(floats(reference.best().params()));
    ComputationGraph last = last(run);
    ComputationGraph expected = last(reference);
    assertThat(floats(last.params())).isEqualTo(floats(expected.params()));
    assertThat(floats(last.getUpdater().getStateViewArray()))
        .isEqualTo(floats(expected.getUpdater().getStateViewArray()));
    assertThat(last.getIterationCount()).isEqualTo(expected.getIterationCount());
    assertThat(average(run).map(ResumeTest::floats).orElse(new float[0]))
        .isEqualTo(average(reference).map(ResumeTest::floats).orElse(new float[0]));
    assertThat(average(run).isPresent()).isEqualTo(run.recipe().stepping().averages());
  }

  /** To be compared bit by bit, where arrays are equal to about five digits. */
  private static float[] floats(INDArray values) {
    return values.data().asFloat();
  }

  private static Optional<INDArray> average(RunDirectory run) throws IOException {
    return CheckpointFile.readAverage(run.path().resolve(RunDirectory.LAST));
  }

  @Test
  void bestCheckpoint_ofAveragedWeights_isTheAverage() throws Exception {
    Recipe recipe = recipe(STEPPING, "accumulation_steps=4", "epochs=1", "warm_up_epochs=0");
    RunDirectory run = start("average", recipe);
    TrainingResult result = trainer(recipe).train(run, List.of());
    INDArray trained = last(run).params();
    assertThat(run.best().params()).isEqualTo(average(run).orElseThrow()).isNotEqualTo(trained);
    try (TrainedModel model = TrainedModel.open(run.path())) {
      Evaluation evaluation = model.evaluate(dataset, Split.VALIDATION, DECODER, Progress.NONE);
      assertThat(evaluation.loss()).isCloseTo(result.best().validationLoss(), within(1e-6));
    }
    // photos / batch_size / accumulation_steps, the last step of fewer batches
    int batches = dataset.entries(Split.TRAIN).size() / 8;
    assertThat(last(run).getIterationCount()).isEqualTo((batches + 3) / 4);
  }

  @Test
  void averagedTraining_fromACheckpointWithoutAnAverage_isRefused() throws Exception {
    Trainer trainer = trainer(averaged);
    assertThatThrownBy(() -> trainer.resume(frozenRun, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no averaged weights, which ema_decay 0.9 goes on from");
  }

  @Test
  void accumulation_ofMoreBatchesThanAnEpochHas_isRefused() throws Exception {
    Recipe recipe = recipe(List.of(), "accumulation_steps=99");
    assertThatThrownBy(() -> trainer(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accumulation_steps 99 is more than the ")
        .hasMessageContaining("batches of an epoch");
  }

  private static ComputationGraph last(RunDirectory run) throws IOException {
    return CheckpointFile.read(run.path().resolve(RunDirectory.LAST));
  }

  static List<EpochMetrics> withoutTimes(List<EpochMetrics> epochs) {
    return epochs.stream()
        .map(
            e ->
                new EpochMetrics(
                    e.epoch(),
                    e.trainLoss(),
                    e.validationLoss(),
                    e.validationTop1(),
                    e.learningRate(),
                    0,
                    0,
                    e.inputSize()))
        .toList();
  }

  @Test
  void bestPart_ofAnEarlierEpoch_survives() throws Exception {
    RunDirectory run = start("flat", recipe(List.of(), "epochs=2"));
    ComputationGraph best = last(frozenRun);
    best.getConfiguration().setEpochCount(1);
    run.saveBestPart(best);
    ComputationGraph later = last(frozenRun);
    later.params().muli(2);
    later.getConfiguration().setEpochCount(2);
    run.append(new EpochMetrics(1, 1, 1, 0.5, 0.1, 1, 1, 32));
    run.append(new EpochMetrics(2, 1, 1, 0.4, 0.1, 1, 1, 32));
    run.saveLast(later, Optional.empty());

    var part = new RunRecovery(run.path()).recover(true).orElseThrow().bestPart();
    assertThat(part.orElseThrow().params()).isEqualTo(last(frozenRun).params());

    best.getConfiguration().setEpochCount(2);
    run.saveBestPart(best);
    assertThatThrownBy(() -> new RunRecovery(run.path()).recover(true))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("best_part.zip: the checkpoint is of epoch 2, the best")
        .hasMessageContaining("number 1");
  }

  @Test
  void training_thatHasEnded_isNotTrainedOn() throws Exception {
    for (RunDirectory ended : List.of(wholeRun, frozenRun)) {
      List<EpochMetrics> before = ended.metrics();
      List<Integer> steps = new ArrayList<>();
      List<Integer> told = new ArrayList<>();
      TrainingObserver observer =
          new TrainingObserver() {
            @Override
            public void resumed(List<EpochMetrics> epochs) {
              told.add(epochs.size());
            }

            @Override
            public void step(int epoch, int step, double loss) {
              steps.add(step);
            }
          };
      RunDirectory run = RunDirectory.resume(ended.path());
      TrainingResult result = trainer(run.recipe()).resume(run, List.of(observer));
      assertThat(result.epochs()).isEqualTo(before);
      assertThat(told).containsExactly(before.size());
      assertThat(steps).isEmpty();
    }
  }

  @Test
  void metrics_withoutALineOfTheCheckpoint_areRefused() throws Exception {
    RunDirectory run = start("short", whole);
    run.saveLast(last(wholeRun), Optional.empty());
    run.append(wholeRun.metrics().get(0));
    assertThatThrownBy(() -> trainer(whole).resume(run, List.of()))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("1 epochs are written, but the checkpoint is of epoch 2");
  }

  @Test
  void origin_other_isRefusedNamingIt() throws Exception {
    Dataset other =
        new Dataset(
            dataset.directory(),
            dataset.photoRoot(),
            dataset.labels(),
            dataset.entries(),
            "another");
    assertThatThrownBy(() -> wholeRun.requireOrigin(other, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dataset_fingerprint was " + dataset.fingerprint())
        .hasMessageContaining("is another");
    assertThatThrownBy(() -> frozenRun.requireOrigin(dataset, Map.of("weights_sha256", "0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights_sha256 was");
    assertThat(wholeRun.dataset()).isEqualTo(dataset.directory().toAbsolutePath());
  }

  @Test
  void resume_ofNoRun_saysSo() {
    assertThatThrownBy(() -> RunDirectory.resume(folder.resolve("photos")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("not a run directory");
  }

  @Test
  void checkpoint_ofAnotherNetwork_isRefused() throws Exception {
    assertThatThrownBy(() -> trainer(whole).resume(frozenRun, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The checkpoint is of a network of");
  }
}
