package org.food4j.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.food4j.data.photo.Photo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transform promises, of each of them. */
class TransformRangesTest {
  private static final Fill GREY = Fill.colour(128, 128, 128);

  static Stream<PhotoTransform> transforms() {
    return Stream.of(
        new Brightness(1.5),
        new Contrast(1.5),
        new Saturation(1.5),
        new Sharpness(1.5),
        new HueShift(0.1),
        new HueJitter(0.1),
        new Posterize(3),
        new Solarize(100),
        new AutoContrast(),
        new Equalize(),
        new VerticalFlip(0.5),
        new RandomAffine(30, 20, 0.8, 1.2, 0.2, GREY),
        new RandomPerspective(0.9, 0.5, Fill.REFLECTION),
        new GaussianBlur(0.1, 2),
        new GaussianNoise(1, 20),
        RandomErasing.of(0.9, RandomErasing.Cover.NOISE),
        RandomErasing.of(0.9, RandomErasing.Cover.MEAN_COLOUR),
        new RandAugment(2, 9, GREY),
        new TrivialAugment(true, GREY),
        PhotoTransform.sometimes(0.5, new Equalize()));
  }

  static Stream<Arguments> transformsAndSizes() {
    return transforms()
        .flatMap(
            t ->
                Stream.of(
                    Arguments.of(t, 37, 29),
                    Arguments.of(t, 1, 1),
                    Arguments.of(t, 1, 9),
                    Arguments.of(t, 2, 1)));
  }

  @ParameterizedTest
  @MethodSource("transformsAndSizes")
  void apply_ofAnySize_isRepeatableKeepsTheSizeAndTheGivenPhoto(
      PhotoTransform transform, int width, int height) {
    Photo photo = TestPhotos.noise(width, height, 1);
    byte[] before = photo.rgb().clone();
    for (int seed = 0; seed < 20; seed++) {
      Photo first = transform.apply(photo, new Random(seed));
      assertThat(first.width()).isEqualTo(width);
      assertThat(first.height()).isEqualTo(height);
      assertThat(transform.apply(photo, new Random(seed)).rgb()).isEqualTo(first.rgb());
    }
    assertThat(photo.rgb()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("transforms")
  void isRandom_saysWhetherTheStreamMatters(PhotoTransform transform) {
    Photo photo = TestPhotos.noise(40, 30, 2);
    byte[] first = transform.apply(photo, new Random(0)).rgb();
    boolean varies =
        new Random(3)
            .longs(30)
            .anyMatch(
                seed ->
                    !java.util.Arrays.equals(
                        transform.apply(photo, new Random(seed)).rgb(), first));

    assertThat(varies).isEqualTo(transform.isRandom());
  }

  static Stream<ThrowingCallable> impossible() {
    return Stream.of(
        () -> new Brightness(-0.1),
        () -> new Contrast(Double.NaN),
        () -> new Saturation(Double.POSITIVE_INFINITY),
        () -> new Sharpness(-1),
        () -> new HueShift(1.1),
        () -> new HueJitter(0.6),
        () -> new Posterize(9),
        () -> new Solarize(257),
        () -> new VerticalFlip(2),
        () -> new RandomAffine(181, 0, 1, 1, 0, GREY),
        () -> new RandomAffine(0, 61, 1, 1, 0, GREY),
        () -> new RandomAffine(0, 0, 0, 1, 0, GREY),
        () -> new RandomAffine(0, 0, 1, 0.9, 0, GREY),
        () -> new RandomAffine(0, 0, 1, 1, 1.1, GREY),
        () -> new RandomPerspective(0.5, 1, GREY),
        () -> new RandomPerspective(-0.5, 0.5, GREY),
        () -> new GaussianBlur(0, 1),
        () -> new GaussianBlur(2, 1),
        () -> new GaussianNoise(-1, 1),
        () -> new GaussianNoise(1, 256),
        () -> new RandomErasing(1.5, 0.1, 0.2, 2, RandomErasing.Cover.NOISE),
        () -> new RandomErasing(0.5, 0.3, 0.2, 2, RandomErasing.Cover.NOISE),
        () -> new RandomErasing(0.5, 0.1, 0.2, 0.5, RandomErasing.Cover.NOISE),
        () -> new RandAugment(11, 9, GREY),
        () -> new RandAugment(2, 31, GREY),
        () -> PhotoTransform.sometimes(1.1, new Equalize()),
        () -> Fill.colour(0, 256, 0));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void new_outsideTheRange_isRefused(ThrowingCallable impossible) {
    assertThatThrownBy(impossible)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(lies? between|satisfy).*");
  }
}
