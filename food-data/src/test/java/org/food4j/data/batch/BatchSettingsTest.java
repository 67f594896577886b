package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.HorizontalFlip;
import org.junit.jupiter.api.Test;

class BatchSettingsTest {
  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(8);

  @Test
  void new_withSeveralProblems_listsThemAll() {
    assertThatThrownBy(
            () ->
                new BatchSettings(
                    PREPROCESSING,
                    new HorizontalFlip(1),
                    0,
                    EpochOrder.SHUFFLED,
                    true,
                    0,
                    -1,
                    -2,
                    7,
                    -3,
                    Optional.empty(),
                    Mixing.NONE,
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "1 photo, not 0", "1 worker is needed, not -1", "not -2", "(7 px)", "(8 px)", "not -3");
  }

  @Test
  void evaluation_withShrunkPhotos_isRefused() {
    BatchSettings evaluation = BatchSettings.evaluation(PREPROCESSING, 4);

    assertThatThrownBy(() -> evaluation.withCache(16, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 px");
  }

  @Test
  void evaluation_ofMixedPhotos_isRefused() {
    BatchSettings evaluation = BatchSettings.evaluation(PREPROCESSING, 4);

    assertThatThrownBy(() -> evaluation.withMixing(new Mixing(0.2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("for training alone");
  }

  @Test
  void sharedBy_severalReaders_dividesThreadsAndCache() {
    BatchSettings whole =
        BatchSettings.training(PREPROCESSING, Augmentation.NONE, 4, 0)
            .withWorkers(8, 2)
            .withCache(BatchSettings.AS_DECODED, 1000);

    assertThat(whole.sharedBy(4))
        .isEqualTo(whole.withWorkers(2, 2).withCache(BatchSettings.AS_DECODED, 250));
    assertThat(whole.sharedBy(9).workers()).isEqualTo(1);
    assertThat(whole.sharedBy(1)).isEqualTo(whole);
    assertThatThrownBy(() -> whole.sharedBy(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void training_withoutAugmentation_doesNotShrink() {
    assertThat(BatchSettings.training(PREPROCESSING, Augmentation.NONE, 4, 0).maxShorterSide())
        .isEqualTo(BatchSettings.AS_DECODED);
    assertThat(BatchSettings.training(PREPROCESSING, Augmentation.LIGHT, 4, 0).maxShorterSide())
        .isEqualTo(16);
  }

  @Test
  void with_changesOnlyWhatItNames() {
    Mixing mixing = new Mixing(0.2, 1);
    HorizontalFlip flip = new HorizontalFlip(1);
    BatchSettings settings = BatchSettings.training(PREPROCESSING, Augmentation.STANDARD, 4, 9);

    EpochOrder order = EpochOrder.CLASS_BALANCED;
    assertThat(
            settings
                .withTransform(flip)
                .withOrder(order)
                .withDropLast(false)
                .withWorkers(3, 5)
                .withCache(17, 19)
                .withMixing(mixing)
                .withPackedPhotos(Path.of("p")))
        .isEqualTo(
            new BatchSettings(
                PREPROCESSING,
                flip,
                4,
                order,
                false,
                9,
                3,
                5,
                17,
                19,
                Optional.of(Path.of("p")),
                mixing,
                Optional.empty()));
  }
}
