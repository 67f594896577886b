package org.food4j.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.food4j.data.photo.Photo;
import org.junit.jupiter.api.Test;

/** How much the transforms do, and how often. */
class RandomTransformsTest {
  private static Photo plain(int width, int height, int value) {
    byte[] rgb = new byte[width * height * 3];
    Arrays.fill(rgb, (byte) value);
    return new Photo(width, height, rgb);
  }

  private static int changed(Photo before, Photo after) {
    int pixels = 0;
    for (int i = 0; i < before.rgb().length; i += 3) {
      pixels += Arrays.equals(before.rgb(), i, i + 3, after.rgb(), i, i + 3) ? 0 : 1;
    }
    return pixels;
  }

  @Test
  void noise_ofAPlainPhoto_hasMeanSpreadAndTailsOfTheNormalDistribution() {
    byte[] rgb = new GaussianNoise(20, 20).apply(plain(300, 300, 128), new Random(1)).rgb();
    double sum = 0;
    double squares = 0;
    int beyondTwo = 0;
    for (byte value : rgb) {
      double noise = (value & 0xff) - 128;
      sum += noise;
      squares += noise * noise;
      beyondTwo += Math.abs(noise) > 40 ? 1 : 0;
    }
    assertThat(sum / rgb.length).isCloseTo(0, within(0.15));
    assertThat(Math.sqrt(squares / rgb.length)).isCloseTo(20, within(0.2));
    // P(|noise| > 40.5) of a standard deviation of 20
    assertThat((double) beyondTwo / rgb.length).isCloseTo(0.0429, within(0.002));
  }

  @Test
  void noise_ofNeighbours_isIndependent() {
    byte[] rgb = new GaussianNoise(20, 20).apply(plain(300, 300, 128), new Random(2)).rgb();
    for (int lag = 1; lag <= 6; lag++) {
      double products = 0;
      for (int i = lag; i < rgb.length; i++) {
        products += ((rgb[i] & 0xff) - 128) * ((rgb[i - lag] & 0xff) - 128);
      }
      assertThat(products / rgb.length / 400).as("lag %d", lag).isCloseTo(0, within(0.01));
    }
  }

  @Test
  void noise_ofNothing_keepsThePhoto() {
    Photo photo = TestPhotos.noise(9, 7, 1);

    assertThat(new GaussianNoise(0, 0).apply(photo, new Random(1)).rgb()).isEqualTo(photo.rgb());
  }

  @Test
  void blur_ofAPlainPhoto_keepsIt() {
    Photo white = plain(20, 15, 255);

    assertThat(new GaussianBlur(3, 3).apply(white, new Random(1)).rgb()).isEqualTo(white.rgb());
  }

  @Test
  void blur_farWiderThanThePhoto_levelsIt() {
    byte[] rgb = new GaussianBlur(100, 100).apply(TestPhotos.noise(6, 5, 1), new Random(1)).rgb();
    int least = 255;
    int largest = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      least = Math.min(least, rgb[i] & 0xff);
      largest = Math.max(largest, rgb[i] & 0xff);
    }
    assertThat(largest - least).isLessThan(30);
  }

  @Test
  void erasing_coversARectangleOfTheAskedArea() {
    Photo black = plain(100, 80, 0);
    RandomErasing erasing = new RandomErasing(1, 0.1, 0.2, 2, RandomErasing.Cover.MEAN_COLOUR);
    Random random = new Random(3);
    double mean = 0;
    for (int n = 0; n < 500; n++) {
      double share = changed(black, erasing.apply(black, random)) / 8000.0;
      assertThat(share).isBetween(0.095, 0.21);
      mean += share / 500;
    }
    assertThat(mean).isCloseTo(0.15, within(0.005));
  }

  @Test
  void erasing_withAQuarter_coversAQuarterOfThePhotos() {
    Photo black = plain(50, 50, 0);
    RandomErasing erasing = RandomErasing.of(0.25, RandomErasing.Cover.NOISE);
    Random random = new Random(4);
    int covered = 0;
    for (int n = 0; n < 4000; n++) {
      covered += erasing.apply(black, random) == black ? 0 : 1;
    }
    assertThat(covered).isBetween(900, 1100);
  }

  @Test
  void erasing_whereNothingFits_keepsThePhoto() {
    Photo black = plain(1, 100, 0);

    assertThat(
            new RandomErasing(1, 0.5, 0.5, 1.5, RandomErasing.Cover.NOISE)
                .apply(black, new Random(5)))
        .isSameAs(black);
  }

  @Test
  void affine_withoutAmounts_keepsThePhoto() {
    Photo photo = TestPhotos.noise(23, 17, 6);
    RandomAffine still = new RandomAffine(0, 0, 1, 1, 0, Fill.MEAN_COLOUR);

    assertThat(still.apply(photo, new Random(7)).rgb()).isEqualTo(photo.rgb());
    assertThat(new RandomPerspective(1, 0, Fill.MEAN_COLOUR).apply(photo, new Random(8)).rgb())
        .isEqualTo(photo.rgb());
  }

  @Test
  void affine_withReflection_showsNoOtherColours() {
    Photo grey = plain(40, 30, 77);
    RandomAffine far = new RandomAffine(180, 60, 0.1, 10, 1, Fill.REFLECTION);
    Random random = new Random(9);
    for (int n = 0; n < 50; n++) {
      assertThat(far.apply(grey, random).rgb()).containsOnly((byte) 77);
    }
  }

  @Test
  void affine_ofRotation_isUniformEitherWay() {
    // A bright pixel to the right of the middle moves up or down with the angle
    byte[] rgb = new byte[61 * 61 * 3];
    Arrays.fill(rgb, 3 * (30 * 61 + 55), 3 * (30 * 61 + 58), (byte) 255);
    Photo photo = new Photo(61, 61, rgb);
    RandomAffine rotation = RandomAffine.rotation(30, Fill.colour(0, 0, 0));
    Random random = new Random(10);
    double sum = 0;
    double absolute = 0;
    for (int n = 0; n < 2000; n++) {
      byte[] turned = rotation.apply(photo, random).rgb();
      double weight = 0;
      double x = 0;
      double y = 0;
      for (int i = 0; i < turned.length; i += 3) {
        int value = turned[i] & 0xff;
        weight += value;
        x += value * (i / 3 % 61 - 30.0);
        y += value * (i / 3 / 61 - 30.0);
      }
      double degrees = Math.toDegrees(Math.atan2(y / weight, x / weight));
      assertThat(degrees).isBetween(-30.5, 30.5);
      sum += degrees;
      absolute += Math.abs(degrees);
    }
    assertThat(sum / 2000).isCloseTo(0, within(1.0));
    assertThat(absolute / 2000).isCloseTo(15, within(0.6));
  }

  @Test
  void perspective_keepsTheWholePhotoVisible() {
    // Corners move inwards: the red corner pixels stay on the result
    byte[] rgb = new byte[60 * 60 * 3];
    for (int corner : new int[] {0, 56, 60 * 56, 60 * 56 + 56}) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          rgb[3 * (corner + 60 * i + j)] = (byte) 255;
        }
      }
    }
    Photo photo = new Photo(60, 60, rgb);
    Random random = new Random(11);
    for (int n = 0; n < 50; n++) {
      byte[] seen = new RandomPerspective(1, 0.4, Fill.colour(0, 0, 0)).apply(photo, random).rgb();
      for (int quarter = 0; quarter < 4; quarter++) {
        int most = 0;
        for (int y = 0; y < 30; y++) {
          for (int x = 0; x < 30; x++) {
            int at = 60 * (y + quarter / 2 * 30) + x + quarter % 2 * 30;
            most = Math.max(most, seen[3 * at] & 0xff);
          }
        }
        assertThat(most).isGreaterThan(150);
      }
    }
  }

  @Test
  void hue_ofAWholeTurn_andOfGrey_changesNothing() {
    Photo photo = TestPhotos.noise(31, 17, 12);

    assertThat(new HueShift(1).apply(photo, new Random(0)).rgb()).isEqualTo(photo.rgb());
    assertThat(new HueShift(0).apply(photo, new Random(0)).rgb()).isEqualTo(photo.rgb());
    assertThat(new HueShift(0.3).apply(plain(5, 5, 91), new Random(0)).rgb())
        .containsOnly((byte) 91);
  }

  @Test
  void hue_ofAThird_makesRedGreen() {
    Photo red = new Photo(1, 1, new byte[] {(byte) 200, 20, 30});

    // 200, 20, 30: the lesser channels keep their roles
    assertThat(new HueShift(1.0 / 3).apply(red, new Random(0)).rgb())
        .containsExactly(30, (byte) 200, 20);
  }

  @Test
  void augmenters_drawEveryOperationAboutEquallyOften() {
    int[] drawn = new int[Operation.values().length];
    Random random = new Random(13);
    for (int n = 0; n < 14_000; n++) {
      drawn[Operation.any(true, random).ordinal()]++;
    }
    for (int count : drawn) {
      assertThat(count).isBetween(880, 1120);
    }
    for (int n = 0; n < 1000; n++) {
      assertThat(Operation.any(false, random)).isNotEqualTo(Operation.SOLARIZE);
    }
  }

  @Test
  void randAugment_ofMagnitudeZero_changesHistogramOperationsAlone() {
    Photo photo = TestPhotos.noise(12, 11, 14);
    for (Operation operation : Operation.values()) {
      Photo result =
          operation.apply(photo, 0, Operation.Reach.USUAL, Fill.MEAN_COLOUR, new Random(1));
      switch (operation) {
        case AUTO_CONTRAST, EQUALIZE, SOLARIZE -> assertThat(result).isNotSameAs(photo);
        default -> assertThat(result.rgb()).as(operation.name()).isEqualTo(photo.rgb());
      }
    }
  }
}
