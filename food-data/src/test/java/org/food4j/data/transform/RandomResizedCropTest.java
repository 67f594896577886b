package org.food4j.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Box;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomResizedCropTest {
  private static final RandomResizedCrop CROP = RandomResizedCrop.of(8, Interpolation.BILINEAR);

  @ParameterizedTest
  @CsvSource({"300, 300", "320, 240", "240, 320", "331, 217"})
  void part_ofUsualPhotos_liesInsideAndKeepsAreaAndRatio(int width, int height) {
    Random random = new Random(1);
    for (int n = 0; n < 2000; n++) {
      Box part = CROP.part(width, height, random);
      assertThat(part.x()).isBetween(0.0, width - part.width());
      assertThat(part.y()).isBetween(0.0, height - part.height());
      assertThat(part.width() * part.height() / (width * height)).isBetween(0.35 - 1e-9, 1 + 1e-9);
      assertThat(part.width() / part.height()).isBetween(0.75 - 1e-9, 4 / 3.0 + 1e-9);
    }
  }

  @Test
  void part_whereEveryDrawFits_hasUniformAreaLogUniformRatioAndUniformPosition() {
    RandomResizedCrop small = new RandomResizedCrop(8, 0.1, 0.3, 0.5, 2, Interpolation.BILINEAR);
    Random random = new Random(2);
    Box[] parts =
        IntStream.range(0, 20_000).mapToObj(n -> small.part(100, 100, random)).toArray(Box[]::new);

    assertThat(mean(parts, b -> b.width() * b.height() / 10_000)).isCloseTo(0.2, within(0.002));
    assertThat(mean(parts, b -> Math.log(b.width() / b.height()))).isCloseTo(0, within(0.01));
    assertThat(mean(parts, b -> Math.abs(Math.log(b.width() / b.height()))))
        .isCloseTo(Math.log(2) / 2, within(0.01));
    assertThat(mean(parts, b -> b.x() / (100 - b.width()))).isCloseTo(0.5, within(0.01));
    assertThat(mean(parts, b -> b.y() / (100 - b.height()))).isCloseTo(0.5, within(0.01));
  }

  private static double mean(Box[] parts, java.util.function.ToDoubleFunction<Box> value) {
    return java.util.Arrays.stream(parts).mapToDouble(value).average().orElseThrow();
  }

  @Test
  void part_ofPhotoTooLongOrTall_isItsLargestCentredPartOfAllowedRatio() {
    assertThat(CROP.part(4000, 300, new Random(3))).isEqualTo(new Box(1800, 0, 400, 300));
    assertThat(CROP.part(300, 4000, new Random(3))).isEqualTo(new Box(0, 1800, 300, 400));
  }

  @Test
  void apply_givesTheResizedPart() {
    Photo photo = TestPhotos.noise(41, 33, 4);
    Box part = CROP.part(41, 33, new Random(5));

    Photo result = CROP.apply(photo, new Random(5));

    assertThat(result.rgb())
        .isEqualTo(new Resampler(Interpolation.BILINEAR).resize(photo, part, 8, 8).rgb());
    assertThat(result.width()).isEqualTo(8);
    assertThat(result.height()).isEqualTo(8);
  }

  @Test
  void apply_toOnePixel_works() {
    Photo red = new Photo(1, 1, new byte[] {(byte) 200, 10, 20});

    assertThat(CROP.apply(red, new Random(6)).rgb())
        .startsWith((byte) 200, (byte) 10, (byte) 20)
        .endsWith((byte) 200, (byte) 10, (byte) 20);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.3, 1, 1, 1, pixel",
    "8, 0, 1, 1, 1, area",
    "8, 0.5, 0.4, 1, 1, area",
    "8, 0.5, 1.1, 1, 1, area",
    "8, NaN, 1, 1, 1, area",
    "8, 0.5, 1, 0, 1, ratio",
    "8, 0.5, 1, 2, 1, ratio",
    "8, 0.5, 1, 1, Infinity, ratio"
  })
  void new_withImpossibleParameters_isRefused(
      int size, double minArea, double maxArea, double minRatio, double maxRatio, String word) {
    assertThatThrownBy(
            () ->
                new RandomResizedCrop(
                    size, minArea, maxArea, minRatio, maxRatio, Interpolation.BILINEAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }
}
