package org.food4j.train.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatch;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Wiring;
import org.food4j.models.graph.GraphCut;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.loop.TrainingGraph;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.run.StripedPhotos;
import org.food4j.train.schedule.CosineSchedule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CachedFeaturesTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();
  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(32);
  private static final FeatureViews ONE = FeatureViews.evaluation(PREPROCESSING);
  private static final FeatureViews THREE = views(Augmentation.STANDARD, 3, 5);

  /** More than a batch. */
  private static final int PHOTOS = 40;

  private Dataset dataset;
  private List<ManifestEntry> photos;
  private ComputationGraph frozen;
  @TempDir private Path folder;
  private Path file;
  private int computed;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws IOException {
    dataset = StripedPhotos.prepare(temporary);
    photos = dataset.entries(Split.TRAIN).subList(0, PHOTOS);
    frozen = frozen("backbone", 0.01, 12, 0.05, false, 1);
  }

  @BeforeEach
  void chooseFile(@TempDir Path own) {
    file = own.resolve("features.safetensors");
  }

  private static FeatureViews views(Augmentation augmentation, int count, long seed) {
    return new FeatureViews(PREPROCESSING, augmentation, count, seed);
  }

  private static ComputationGraph frozen(
      String stage, double rate, int steps, double decay, boolean frozenStatistics, long seed) {
    NetworkSpec spec =
        new NetworkSpec(3, 32).toBuilder().frozenStatistics(frozenStatistics).build();
    ComputationGraph whole =
        TrainingGraph.create(
            Architectures.named("se_cnn"),
            spec,
            new AdamW(new CosineSchedule(rate, 0, 1, steps), decay),
            new SoftmaxCrossEntropy(0),
            seed);
    Wiring wiring = Architectures.named("se_cnn").wiring(spec);
    return new GraphCut(whole, wiring.cut(stage)).lower();
  }

  private CachedFeatures open(ComputationGraph graph, List<ManifestEntry> entries, FeatureViews how)
      throws IOException {
    computed = 0;
    return CachedFeatures.of(
        file, graph, dataset, entries, how, DECODER, (done, total) -> computed = done);
  }

  private CachedFeatures open(FeatureViews how) throws IOException {
    return open(frozen, photos, how);
  }

  private static float[] of(CachedFeatures features, ManifestEntry photo, int view) {
    float[] values = new float[features.length() + 2];
    features.copy(photo, view, values, 1);
    assertThat(values[0]).isZero();
    assertThat(values[values.length - 1]).isZero();
    return Arrays.copyOfRange(values, 1, values.length - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backbone", "stages.1"})
  void features_ofEveryPhoto_areTheFrozenPartsOutput(String stage) throws IOException {
    ComputationGraph graph = frozen(stage, 0.01, 12, 0, false, 1);
    CachedFeatures features = open(graph, photos, ONE);
    assertThat(features.views()).isEqualTo(1);
    assertThat(computed).isEqualTo(PHOTOS);
    try (PhotoBatchReader reader =
        new PhotoBatchReader(
            dataset, photos, DECODER, BatchSettings.evaluation(PREPROCESSING, PHOTOS))) {
      PhotoBatch batch = reader.next();
      var expected =
          graph.outputSingle(false, Nd4j.create(batch.input(), new long[] {PHOTOS, 3, 32, 32}));
      assertThat(features.shape())
          .isEqualTo(Arrays.copyOfRange(expected.shape(), 1, expected.rank()));
      for (int i = 0; i < PHOTOS; i++) {
        assertThat(of(features, batch.entries().get(i), 0))
            .containsExactly(expected.slice(i).dup('c').data().asFloat(), within(1e-5f));
      }
    }
  }

  @Test
  void views_ofAPhoto_beginAsEvaluatedAndDiffer() throws IOException {
    CachedFeatures one = open(ONE);
    float[] evaluated = of(one, photos.get(7), 0);
    CachedFeatures three = open(THREE);
    assertThat(three.views()).isEqualTo(3);
    assertThat(of(three, photos.get(7), 0)).containsExactly(evaluated, within(1e-5f));
    assertThat(distance(three, 0, 1)).isGreaterThan(0.01);
    assertThat(distance(three, 0, 2)).isGreaterThan(0.01);
    assertThat(distance(three, 1, 2)).isGreaterThan(0.01);
    assertThat(of(three, photos.get(7), 5)).isEqualTo(of(three, photos.get(7), 2));
  }

  private double distance(CachedFeatures features, int view, int other) {
    double least = Double.MAX_VALUE;
    for (ManifestEntry photo : photos) {
      float[] one = of(features, photo, view);
      float[] two = of(features, photo, other);
      double sum = 0;
      double norm = 0;
      for (int i = 0; i < one.length; i++) {
        sum += (one[i] - two[i]) * (one[i] - two[i]);
        norm += one[i] * one[i];
      }
      least = Math.min(least, Math.sqrt(sum / norm));
    }
    return least;
  }

  @Test
  void file_writtenAgain_holdsTheSameBytes() throws IOException {
    open(THREE);
    byte[] first = Files.readAllBytes(file);
    Files.delete(file);
    open(THREE);
    assertThat(file).hasBinaryContent(first);
  }

  @Test
  void views_withoutAugmentation_areAlike() throws IOException {
    CachedFeatures features = open(views(Augmentation.NONE, 2, 5));
    assertThat(distance(features, 0, 1)).isZero();
    assertThat(features.views()).isEqualTo(2);
  }

  @Test
  void copies_ofAPhoto_haveItsFeatures() throws IOException {
    List<ManifestEntry> withCopies = new ArrayList<>(photos);
    withCopies.add(photos.get(3).copy(1));
    withCopies.add(photos.get(3).copy(2));
    CachedFeatures features = open(frozen, withCopies, ONE);
    assertThat(computed).isEqualTo(PHOTOS);
    assertThat(of(features, withCopies.get(PHOTOS + 1), 0))
        .isEqualTo(of(features, photos.get(3), 0));
    open(ONE);
    assertThat(computed).isZero();
  }

  @Test
  void copy_ofAPhotoWithoutFeatures_isRefused() throws IOException {
    CachedFeatures features = open(ONE);
    ManifestEntry other = dataset.entries(Split.TEST).get(0);
    assertThatThrownBy(() -> of(features, other, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(other.id());
  }

  @Test
  void file_ofTheSameFeatures_isUsedAgain() throws IOException {
    open(THREE);
    byte[] written = Files.readAllBytes(file);
    open(THREE);
    assertThat(computed).isZero();
    // nothing of this changes what the frozen part computes
    ComputationGraph trainedOtherwise = frozen("backbone", 0.5, 99, 0, true, 2);
    trainedOtherwise.setParams(frozen.params());
    open(trainedOtherwise, photos, THREE);
    assertThat(computed).isZero();
    assertThat(file).hasBinaryContent(written);
  }

  @Test
  void file_ofOneView_isUsedAgainWhateverTheAugmentation() throws IOException {
    open(views(Augmentation.LIGHT, 1, 5));
    open(views(Augmentation.STANDARD, 1, 6));
    assertThat(computed).isZero();
  }

  @Test
  void file_ofOtherFeatures_isMadeAnew() throws IOException {
    open(THREE);
    ComputationGraph changed = frozen.clone();
    changed.getVertex("stages.1.conv2").paramTable(false).get("W").putScalar(0, 3);
    anew(changed, photos, THREE);
    anew(frozen("stages.3", 0.01, 12, 0.05, false, 1), photos, THREE);
    anew(frozen, photos.subList(1, PHOTOS), THREE);
    anew(frozen, replaced(), THREE);
    anew(frozen, photos, views(Augmentation.STANDARD, 2, 5));
    anew(frozen, photos, views(Augmentation.STANDARD, 3, 6));
    anew(frozen, photos, views(Augmentation.LIGHT, 3, 5));
    Preprocessing otherwise =
        new Preprocessing(
            32,
            PREPROCESSING.resizeShorterSide(),
            PREPROCESSING.interpolation(),
            List.of(0f, 0f, 0f),
            PREPROCESSING.std());
    anew(frozen, photos, new FeatureViews(otherwise, Augmentation.STANDARD, 3, 5));
  }

  private void anew(ComputationGraph graph, List<ManifestEntry> entries, FeatureViews how)
      throws IOException {
    open(graph, entries, how);
    assertThat(computed).isEqualTo(entries.size());
    open(graph, entries, how);
    assertThat(computed).isZero();
  }

  /** The same photos by name, one of them with other bytes. */
  private List<ManifestEntry> replaced() {
    List<ManifestEntry> entries = new ArrayList<>(photos);
    ManifestEntry first = photos.get(0);
    entries.set(
        0,
        new ManifestEntry(
            first.id(),
            first.path(),
            first.label(),
            first.split(),
            first.width(),
            first.height(),
            "0".repeat(64),
            first.perceptualHash(),
            first.source()));
    return entries;
  }

  @Test
  void file_thatIsDamaged_isMadeAnew() throws IOException {
    open(ONE);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      open(ONE);
      assertThat(computed).isEqualTo(PHOTOS);
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void file_ofAComputationThatFails_staysAsItWas() throws IOException {
    open(ONE);
    byte[] before = Files.readAllBytes(file);
    List<ManifestEntry> vanished = new ArrayList<>(photos);
    vanished.set(PHOTOS - 1, photos.get(PHOTOS - 1).withPath("gone.png"));
    vanished.remove(0);
    assertThatThrownBy(() -> open(frozen, vanished, THREE))
        .isInstanceOf(PhotoReadException.class)
        .hasMessageContaining("gone.png");
    assertThat(computed).isPositive();
    assertThat(file).hasBinaryContent(before);
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void computation_thatFailsAtOnce_endsItsThreads() throws InterruptedException {
    List<ManifestEntry> vanished = List.of(photos.get(0).withPath("gone.png"));
    long before = readers();
    assertThatThrownBy(() -> open(frozen, vanished, ONE)).isInstanceOf(PhotoReadException.class);
    // a thread is counted a moment after its pool has ended; idle ones would stay for ten seconds
    for (int i = 0; readers() > before && i < 50; i++) {
      Thread.sleep(20);
    }
    assertThat(readers()).isLessThanOrEqualTo(before);
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("photo-reader"))
        .count();
  }

  @Test
  void file_inAnImpossiblePlace_isRefusedBeforeAnythingIsComputed() throws IOException {
    computed = -1;
    file = folder;
    assertThatThrownBy(() -> open(ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s is a folder: name a file in it", folder);
    file = folder.resolve("none/features.safetensors");
    assertThatThrownBy(() -> open(ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no folder " + folder.resolve("none"));
    assertThat(computed).isZero();
  }

  @Test
  void file_ofWeights_isNotOverwritten() throws IOException {
    WeightExport.save(
        Architectures.named("se_cnn").graph(new NetworkSpec(3, 32), 1), file, WeightsCard.EMPTY);
    byte[] weights = Files.readAllBytes(file);
    assertThatThrownBy(() -> open(ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds other tensors than features");
    assertThat(file).hasBinaryContent(weights);
  }

  @Test
  void views_fewerThanOne_areRefused() {
    assertThatThrownBy(() -> views(Augmentation.NONE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least once, not 0");
  }
}
