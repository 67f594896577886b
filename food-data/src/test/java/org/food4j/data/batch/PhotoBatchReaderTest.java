package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PhotoBatchReaderTest {
  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(8);
  private static final int PHOTOS = 23;

  @TempDir private Path root;
  private Dataset dataset;

  @BeforeEach
  void write() throws IOException {
    dataset = SmallDataset.write(root, PHOTOS);
  }

  private static BatchSettings training(long seed) {
    return BatchSettings.training(PREPROCESSING, Augmentation.STANDARD, 4, seed);
  }

  private PhotoBatchReader reader(BatchSettings settings) {
    return new PhotoBatchReader(dataset, dataset.entries(), SmallDataset.DECODER, settings);
  }

  private static List<PhotoBatch> rest(PhotoBatchReader reader) {
    List<PhotoBatch> batches = new ArrayList<>();
    reader.forEachRemaining(batches::add);
    return batches;
  }

  private List<PhotoBatch> epoch(BatchSettings settings, int epoch) {
    try (PhotoBatchReader reader = reader(settings)) {
      reader.startEpoch(epoch);
      return rest(reader);
    }
  }

  /** Each photo's input by id. */
  private static Map<String, float[]> inputs(List<PhotoBatch> batches) {
    Map<String, float[]> inputs = new TreeMap<>();
    int length = PREPROCESSING.inputLength();
    for (PhotoBatch batch : batches) {
      for (int n = 0; n < batch.size(); n++) {
        inputs.put(
            batch.entries().get(n).id(),
            Arrays.copyOfRange(batch.input(), n * length, (n + 1) * length));
      }
    }
    return inputs;
  }

  private static void assertSame(List<PhotoBatch> actual, List<PhotoBatch> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int n = 0; n < expected.size(); n++) {
      assertThat(actual.get(n).entries()).isEqualTo(expected.get(n).entries());
      assertThat(actual.get(n).input()).isEqualTo(expected.get(n).input());
      assertThat(actual.get(n).labels()).isEqualTo(expected.get(n).labels());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "2, 3", "4, 2", "4, 100"})
  void batches_withAnyWorkersAndPrefetch_areBitIdentical(int workers, int prefetch) {
    List<PhotoBatch> expected = epoch(training(5).withWorkers(1, 2), 3);

    assertSame(epoch(training(5).withWorkers(workers, prefetch), 3), expected);
  }

  @ParameterizedTest
  @EnumSource
  void batches_ofEveryPresetMixed_doNotDependOnTheWorkers(Augmentation augmentation) {
    BatchSettings settings =
        BatchSettings.training(PREPROCESSING, augmentation, 4, 5).withMixing(new Mixing(0.4, 1));
    List<PhotoBatch> expected = epoch(settings.withWorkers(1, 0), 3);

    assertSame(epoch(settings.withWorkers(2, 2), 3), expected);
    assertSame(epoch(settings.withWorkers(5, 3), 3), expected);
  }

  @Test
  void sharesOfTwoReaders_areTheBatchesOfOne_alsoFromTheMiddleOn() {
    BatchSettings settings = training(5).withMixing(new Mixing(0.4, 1));
    List<PhotoBatch> all = epoch(settings, 3);
    int each = all.size() / 2;
    assertThat(each).isPositive();
    for (int worker = 0; worker < 2; worker++) {
      List<PhotoBatch> expected = new ArrayList<>();
      for (int batch = 0; batch < each; batch++) {
        expected.add(all.get(2 * batch + worker));
      }
      try (PhotoBatchReader reader = reader(settings)) {
        reader.startEpoch(3, new BatchShare(worker, 2, 0));
        assertSame(rest(reader), expected);
        reader.startEpoch(3, new BatchShare(worker, 2, 1));
        assertSame(rest(reader), expected.subList(1, each));
        reader.startEpoch(3);
        assertSame(rest(reader), all);
      }
    }
  }

  @Test
  void mixing_isTheBatchsOwnAndThatOfItsEpoch() {
    BatchSettings plain = training(5).withDropLast(false);
    BatchSettings mixed = plain.withMixing(new Mixing(1, 0));
    List<PhotoBatch> batches = epoch(plain, 1);
    List<PhotoBatch> mixtures = epoch(mixed, 1);
    Set<Float> shares = new TreeSet<>();
    for (int n = 0; n < batches.size(); n++) {
      float[] input = batches.get(n).input();
      float[] labels = batches.get(n).labels();
      mixed.mixing().apply(input, labels, batches.get(n).size(), 8, RandomStreams.batch(5, 1, n));
      assertThat(mixtures.get(n).entries()).isEqualTo(batches.get(n).entries());
      assertThat(mixtures.get(n).input()).isEqualTo(input);
      assertThat(mixtures.get(n).labels()).isEqualTo(labels);
      shares.add(labels[batches.get(n).entries().get(0).label()]);
    }
    // Neighbours of one class keep a share of 1
    assertThat(shares).hasSizeGreaterThan(2);
    assertThat(epoch(mixed, 2).get(0).labels()).isNotEqualTo(mixtures.get(0).labels());
  }

  @ParameterizedTest
  @CsvSource({"0", "5000", "10000000"})
  void batches_withAnyCache_areBitIdenticalInEveryEpoch(long cacheBytes) {
    try (PhotoBatchReader reader = reader(training(5).withCache(12, cacheBytes))) {
      for (int epoch = 0; epoch < 3; epoch++) {
        reader.startEpoch(epoch);
        assertSame(rest(reader), epoch(training(5).withCache(12, 0), epoch));
      }
    }
  }

  @Test
  void classBalanced_repeatedPhoto_isAugmentedAnew() {
    List<ManifestEntry> first = dataset.entries().stream().filter(e -> e.label() == 0).toList();
    List<ManifestEntry> some = new ArrayList<>(first.subList(0, 3));
    some.add(dataset.entries().stream().filter(e -> e.label() == 1).findFirst().orElseThrow());
    try (PhotoBatchReader reader =
        new PhotoBatchReader(
            dataset,
            some,
            SmallDataset.DECODER,
            training(5).withOrder(EpochOrder.CLASS_BALANCED))) {
      assertThat(reader.batches()).isEqualTo(1);
      List<PhotoBatch> batches = rest(reader);
      Map<String, float[]> inputs = inputs(batches);
      String repeated = some.get(3).id();
      assertThat(inputs).hasSize(4).containsKeys(repeated, repeated + "-1");
      assertThat(inputs.get(repeated)).isNotEqualTo(inputs.get(repeated + "-1"));
    }
  }

  @Test
  void cache_withRoom_decodesEachPhotoOnce() {
    AtomicInteger decoded = new AtomicInteger();
    BatchSettings settings =
        BatchSettings.evaluation(PREPROCESSING, 4).withCache(BatchSettings.AS_DECODED, 1 << 20);
    try (PhotoBatchReader reader =
        new PhotoBatchReader(
            dataset,
            dataset.entries(),
            encoded -> {
              decoded.incrementAndGet();
              return SmallDataset.DECODER.decode(encoded);
            },
            settings)) {
      List<PhotoBatch> first = rest(reader);
      reader.startEpoch(1);
      assertSame(rest(reader), first);
    }
    assertThat(decoded).hasValue(PHOTOS);
  }

  @Test
  void evaluation_isPreprocessingsInputInTheGivenOrder() throws IOException {
    List<PhotoBatch> batches = epoch(BatchSettings.evaluation(PREPROCESSING, 4), 7);

    assertThat(batches.stream().flatMap(batch -> batch.entries().stream()))
        .isEqualTo(dataset.entries());
    Map<String, float[]> inputs = inputs(batches);
    for (ManifestEntry entry : dataset.entries()) {
      assertThat(inputs.get(entry.id()))
          .isEqualTo(PREPROCESSING.apply(SmallDataset.DECODER.decode(dataset.photo(entry))));
    }
  }

  @Test
  void training_inAnotherEpochOrWithAnotherSeed_hasAnotherOrderAndOtherPixels() {
    List<PhotoBatch> first = epoch(training(5).withDropLast(false), 0);

    for (List<PhotoBatch> other :
        List.of(
            epoch(training(5).withDropLast(false), 1), epoch(training(6).withDropLast(false), 0))) {
      assertThat(other.get(0).entries()).isNotEqualTo(first.get(0).entries());
      assertThat(inputs(other).keySet()).isEqualTo(inputs(first).keySet());
      inputs(other).forEach((id, input) -> assertThat(input).isNotEqualTo(inputs(first).get(id)));
    }
  }

  @Test
  void training_withAnotherBatchSize_augmentsEachPhotoAlike() {
    BatchSettings large =
        BatchSettings.training(PREPROCESSING, Augmentation.STANDARD, 9, 5).withDropLast(false);
    Map<String, float[]> expected = inputs(epoch(training(5).withDropLast(false), 2));

    inputs(epoch(large, 2)).forEach((id, in) -> assertThat(in).isEqualTo(expected.get(id)));
  }

  @Test
  void training_ofCopyOfAPhoto_augmentsItDifferently() {
    ManifestEntry original = dataset.entries().get(0);
    ManifestEntry copy =
        new ManifestEntry("id0-1", original.path(), 0, Split.TRAIN, 20, 20, "", "", original.id());
    try (PhotoBatchReader reader =
        new PhotoBatchReader(
            dataset,
            List.of(original, copy),
            SmallDataset.DECODER,
            training(5).withDropLast(false))) {
      Map<String, float[]> inputs = inputs(rest(reader));
      assertThat(inputs.get("id0")).isNotEqualTo(inputs.get("id0-1"));
    }
  }

  @Test
  void startEpoch_amidAnother_startsOver() {
    try (PhotoBatchReader reader = reader(training(5))) {
      reader.next();
      reader.next();
      reader.startEpoch(4);

      assertThat(reader.epoch()).isEqualTo(4);
      assertThat(reader.taken()).isZero();
      assertSame(rest(reader), epoch(training(5), 4));
    }
  }

  @Test
  void lastBatch_isKeptOrDroppedAsTheSettingsSay() {
    List<PhotoBatch> kept = epoch(training(5).withDropLast(false), 0);
    List<PhotoBatch> dropped = epoch(training(5), 0);

    assertThat(kept).extracting(PhotoBatch::size).containsExactly(4, 4, 4, 4, 4, 3);
    assertThat(dropped).extracting(PhotoBatch::size).containsExactly(4, 4, 4, 4, 4);
    assertThat(reader(training(5)).batches()).isEqualTo(5);
    assertThat(reader(training(5).withDropLast(false)).batches()).isEqualTo(6);
    assertSame(kept.subList(0, 5), dropped);
  }

  @Test
  void next_atTheEndOfTheEpoch_saysSo() {
    try (PhotoBatchReader reader = reader(training(5))) {
      rest(reader);

      assertThat(reader.hasNext()).isFalse();
      assertThatThrownBy(reader::next)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessageContaining("5 batches");
    }
  }

  @Test
  void new_withTooFewPhotos_isRefused() {
    BatchSettings large = BatchSettings.training(PREPROCESSING, Augmentation.STANDARD, 24, 5);

    assertThatThrownBy(() -> reader(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("23 photos")
        .hasMessageContaining("24");
    assertThatThrownBy(
            () ->
                new PhotoBatchReader(
                    dataset,
                    List.of(),
                    SmallDataset.DECODER,
                    BatchSettings.evaluation(PREPROCESSING, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 photos");
  }

  @Test
  void new_withUnknownLabel_namesThePhoto() {
    ManifestEntry entry = new ManifestEntry("x", "x.jpg", 3, Split.TRAIN, 1, 1, "", "", "");

    assertThatThrownBy(
            () ->
                new PhotoBatchReader(
                    dataset,
                    List.of(entry),
                    SmallDataset.DECODER,
                    BatchSettings.evaluation(PREPROCESSING, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 labels")
        .hasMessageContaining("x.jpg: 3");
  }

  @Test
  void recycle_ofATakenBatch_saysSoOnceAndOnlyForItsOwn() {
    try (PhotoBatchReader reader = reader(training(5));
        PhotoBatchReader other = reader(training(5))) {
      PhotoBatch batch = reader.next();

      assertThatThrownBy(() -> other.recycle(batch)).isInstanceOf(IllegalArgumentException.class);
      reader.recycle(batch);
      assertThatThrownBy(() -> reader.recycle(batch)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void batches_whoseArraysAreUsedAgain_areBitIdentical() {
    BatchSettings settings = training(5).withMixing(new Mixing(0.4, 0));
    List<PhotoBatch> expected = epoch(settings, 0);
    List<float[]> inputs = new ArrayList<>();
    try (PhotoBatchReader reader = reader(settings)) {
      while (reader.hasNext()) {
        PhotoBatch batch = reader.next();
        inputs.add(batch.input().clone());
        reader.recycle(batch);
      }
    }

    for (int n = 0; n < expected.size(); n++) {
      assertThat(inputs.get(n)).isEqualTo(expected.get(n).input());
    }
  }

  @Test
  void next_interrupted_isTheSameBatchWhenAskedAgain() {
    List<PhotoBatch> expected = epoch(training(5), 0);
    CountDownLatch gate = new CountDownLatch(1);
    PhotoDecoder waiting =
        encoded -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new PhotoException("interrupted", e);
          }
          return SmallDataset.DECODER.decode(encoded);
        };
    try (PhotoBatchReader reader =
        new PhotoBatchReader(dataset, dataset.entries(), waiting, training(5))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
      assertThat(Thread.interrupted()).isTrue();

      gate.countDown();
      assertSame(rest(reader), expected);
    }
  }
}
