package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedReadingTest {
  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(8);
  private static final BatchSettings TRAINING =
      BatchSettings.training(PREPROCESSING, Augmentation.STANDARD, 4, 9).withCache(16, 0);

  @TempDir Path folder;
  private Path file;
  private Dataset dataset;
  private final Counting decoder = new Counting();

  /** A class of its own, because the packed photos remember which decoder made them. */
  private static final class Counting implements PhotoDecoder {
    private final AtomicInteger decoded = new AtomicInteger();

    @Override
    public Photo decode(byte[] encoded) throws PhotoException {
      decoded.incrementAndGet();
      return SmallDataset.DECODER.decode(encoded);
    }
  }

  @BeforeEach
  void writePhotos() throws IOException {
    dataset = SmallDataset.write(Files.createDirectory(folder.resolve("photos")), 9);
    file = folder.resolve("train.pack");
  }

  private List<float[]> inputs(Dataset data, BatchSettings settings) {
    try (PhotoBatchReader reader =
        new PhotoBatchReader(data, data.entries(), decoder, settings.withDropLast(false))) {
      List<float[]> inputs = new ArrayList<>();
      for (int epoch = 0; epoch < 2; epoch++) {
        reader.startEpoch(epoch);
        reader.forEachRemaining(batch -> inputs.add(batch.input()));
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

  @Test
  void batches_ofPackedPhotos_areBitIdenticalAndDecodedOnceForAllRuns() {
    List<float[]> expected = inputs(dataset, TRAINING);
    assertThat(decoder.decoded).hasValue(18);

    assertSame(inputs(dataset, TRAINING.withPackedPhotos(file)), expected);
    assertThat(decoder.decoded).hasValue(27);
    assertSame(inputs(dataset, TRAINING.withPackedPhotos(file)), expected);
    assertThat(decoder.decoded).hasValue(27);
  }

  @Test
  void batches_evaluatedFromPackedPhotos_areThoseOfTheFiles() {
    BatchSettings evaluation = BatchSettings.evaluation(PREPROCESSING, 4);

    assertSame(inputs(dataset, evaluation.withPackedPhotos(file)), inputs(dataset, evaluation));
  }

  @Test
  void open_otherSettingsOrPhotos_packsAnew() {
    inputs(dataset, TRAINING.withPackedPhotos(file));
    int before = decoder.decoded.get();

    inputs(dataset, TRAINING.withCache(12, 0).withPackedPhotos(file));
    assertThat(decoder.decoded).hasValue(before + 9);

    List<ManifestEntry> fewer = dataset.entries().subList(0, 8);
    inputs(
        new Dataset(folder, dataset.photoRoot(), dataset.labels(), fewer, ""),
        TRAINING.withCache(12, 0).withPackedPhotos(file));
    assertThat(decoder.decoded).hasValue(before + 9 + 8);
  }

  @Test
  void open_photoThatIsGone_saysSoAndKeepsTheOldFile() throws IOException {
    inputs(dataset, TRAINING.withPackedPhotos(file));
    byte[] packed = Files.readAllBytes(file);
    Files.delete(dataset.photo(dataset.entries().get(5)));

    assertThatThrownBy(() -> inputs(dataset, TRAINING.withCache(12, 0).withPackedPhotos(file)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("photo5.raw");
    assertThat(file).hasBinaryContent(packed);
  }
}
