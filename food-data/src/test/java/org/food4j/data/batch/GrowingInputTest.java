package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;

/** Batches whose photos are larger in later epochs. */
class GrowingInputTest {
  private static final Preprocessing LARGEST = Preprocessing.imagenet(16);
  private static final int[] SIZES = {8, 12, 16};
  private static final int KEPT = 24;

  @TempDir private Path folder;
  private Dataset dataset;
  private final AtomicInteger decoded = new AtomicInteger();
  private final PhotoDecoder decoder =
      encoded -> {
        decoded.incrementAndGet();
        return SmallDataset.DECODER.decode(encoded);
      };

  @BeforeEach
  void writePhotos() throws IOException {
    dataset = SmallDataset.write(Files.createDirectory(folder.resolve("photos")), 10);
  }

  private static BatchSettings still(Preprocessing preprocessing, Augmentation augmentation) {
    BatchSettings settings = BatchSettings.training(preprocessing, augmentation, 4, 9);
    return settings.withCache(settings.transform().isRandom() ? KEPT : BatchSettings.AS_DECODED, 0);
  }

  private static BatchSettings growing(Augmentation augmentation) {
    return still(LARGEST, augmentation)
        .withInputSizes(epoch -> SIZES[epoch], augmentation::transform);
  }

  private List<float[]> epoch(BatchSettings settings, int epoch) {
    return epochs(settings, epoch, epoch + 1);
  }

  private List<float[]> epochs(BatchSettings settings, int from, int to) {
    try (PhotoBatchReader reader =
        new PhotoBatchReader(dataset, dataset.entries(), decoder, settings)) {
      List<float[]> inputs = new ArrayList<>();
      for (int epoch = from; epoch < to; epoch++) {
        reader.startEpoch(epoch);
        reader.forEachRemaining(
            batch -> {
              inputs.add(batch.input().clone());
              reader.recycle(batch);
            });
      }
      return inputs;
    }
  }

  private static void assertSame(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int n = 0; n < expected.size(); n++) {
      assertThat(actual.get(n)).isEqualTo(expected.get(n));
    }
  }

  @ParameterizedTest
  @EnumSource(Augmentation.class)
  void epoch_ofEachSize_isThatOfATrainingAtTheSize(Augmentation augmentation) {
    for (int epoch = 0; epoch < SIZES.length; epoch++) {
      Preprocessing small = LARGEST.withInputSize(SIZES[epoch]);
      assertSame(epoch(growing(augmentation), epoch), epoch(still(small, augmentation), epoch));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Augmentation.class,
      names = {"NONE", "STANDARD"})
  void photos_cachedOrPacked_areDecodedOnceForAllSizesAndTheSame(Augmentation augmentation) {
    BatchSettings settings = growing(augmentation).withMixing(new Mixing(0.5, 0.5));
    List<float[]> expected = epochs(settings, 0, SIZES.length);
    BatchSettings cached =
        settings.withOrder(EpochOrder.SHUFFLED).withCache(settings.maxShorterSide(), 1 << 20);
    decoded.set(0);

    assertSame(epochs(cached.withDropLast(true), 0, SIZES.length), expected);
    assertThat(decoded.get()).isBetween(8, 10); // some are left out of a last batch
    decoded.set(0);
    assertSame(
        epochs(settings.withPackedPhotos(folder.resolve("train.pack")), 0, SIZES.length), expected);
    assertThat(decoded).hasValue(10);
  }

  @Test
  void packedPhotos_ofOneSizeWithoutAugmentation_areNotTakenForGrowingOnes() {
    Path file = folder.resolve("train.pack");
    epoch(still(LARGEST, Augmentation.NONE).withPackedPhotos(file), 0);

    assertSame(
        epoch(growing(Augmentation.NONE).withPackedPhotos(file), 0),
        epoch(growing(Augmentation.NONE), 0));
  }

  @Test
  void iterator_ofGrowingPhotos_givesTheEpochsShape() {
    try (PhotoDataSetIterator batches =
        new PhotoDataSetIterator(
            new PhotoBatchReader(
                dataset, dataset.entries(), decoder, growing(Augmentation.STANDARD)))) {
      for (int epoch = 0; epoch < SIZES.length; epoch++) {
        batches.startEpoch(epoch);
        DataSet batch = batches.next();
        assertThat(batch.getFeatures().shape()).containsExactly(4, 3, SIZES[epoch], SIZES[epoch]);
        assertThat(batches.inputColumns()).isEqualTo(3 * SIZES[epoch] * SIZES[epoch]);
      }
    }
  }

  @Test
  void size_aboveTheLargest_isRefused() {
    BatchSettings settings =
        still(LARGEST, Augmentation.STANDARD)
            .withInputSizes(epoch -> 17, Augmentation.STANDARD::transform);
    assertThatThrownBy(() -> settings.input(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Photos of epoch 3 have at most the 16 px")
        .hasMessageContaining("not 17 px");
  }
}
