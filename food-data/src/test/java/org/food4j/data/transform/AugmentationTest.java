package org.food4j.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {
  private final Preprocessing preprocessing = Preprocessing.imagenet(16);
  private final Photo photo = TestPhotos.noise(37, 29, 1);

  @ParameterizedTest
  @EnumSource
  void transform_ofAnyPreset_givesTheInputSizeAndIsRepeatable(Augmentation augmentation) {
    byte[] before = photo.rgb().clone();
    Photo first = augmentation.transform(preprocessing).apply(photo, new Random(7));
    Photo second = augmentation.transform(preprocessing).apply(photo, new Random(7));

    assertThat(first.width()).isEqualTo(16);
    assertThat(first.height()).isEqualTo(16);
    assertThat(first.rgb()).isEqualTo(second.rgb());
    assertThat(photo.rgb()).isEqualTo(before);
  }

  @Test
  void none_isEvaluationsCropWhateverTheStream() {
    PhotoTransform none = Augmentation.NONE.transform(preprocessing);

    assertThat(none.isRandom()).isFalse();
    assertThat(none.apply(photo, new Random(1)).rgb()).isEqualTo(preprocessing.crop(photo).rgb());
    assertThat(none.apply(photo, new Random(2)).rgb()).isEqualTo(preprocessing.crop(photo).rgb());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void otherPresets_changeWithTheStream(Augmentation augmentation) {
    PhotoTransform transform = augmentation.transform(preprocessing);

    assertThat(transform.isRandom()).isTrue();
    assertThat(transform.apply(photo, new Random(1)).rgb())
        .isNotEqualTo(transform.apply(photo, new Random(2)).rgb());
  }

  @ParameterizedTest
  @EnumSource
  void of_key_givesThePreset(Augmentation augmentation) {
    assertThat(Augmentation.of(augmentation.key())).isEqualTo(augmentation);
  }

  @Test
  void of_unknownName_namesThePresets() {
    assertThatThrownBy(() -> Augmentation.of("heavy"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'heavy'")
        .hasMessageContaining("none, light, standard, strong");
  }

  @Test
  void sequence_ofSteadyTransforms_isNotRandom() {
    PhotoTransform none = Augmentation.NONE.transform(preprocessing);

    assertThat(PhotoTransform.sequence(none, none).isRandom()).isFalse();
    assertThat(PhotoTransform.sequence(none, new HorizontalFlip(0.5)).isRandom()).isTrue();
  }
}
