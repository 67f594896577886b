package org.food4j.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.food4j.data.photo.Photo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorJitterTest {
  /** A stream whose every draw is the same: 0 gives the least factor, almost 1 the largest. */
  private static Random always(double draw) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public double nextDouble() {
        return draw;
      }
    };
  }

  private static Photo grey(int... values) {
    byte[] rgb = new byte[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return new Photo(values.length, 1, rgb);
  }

  @Test
  void apply_withBrightness_scalesValuesAndClips() {
    Photo photo = grey(0, 100, 250);

    assertThat(new ColorJitter(0.3, 0, 0).apply(photo, always(0)).rgb())
        .isEqualTo(grey(0, 70, 175).rgb());
    assertThat(new ColorJitter(0.3, 0, 0).apply(photo, always(1)).rgb())
        .isEqualTo(grey(0, 130, 255).rgb());
  }

  @Test
  void apply_withContrast_scalesDistanceFromTheMean() {
    Photo photo = grey(50, 100, 150);

    assertThat(new ColorJitter(0, 0.5, 0).apply(photo, always(0)).rgb())
        .isEqualTo(grey(75, 100, 125).rgb());
    assertThat(new ColorJitter(0, 0.5, 0).apply(photo, always(1)).rgb())
        .isEqualTo(grey(25, 100, 175).rgb());
  }

  @Test
  void apply_withoutContrast_leavesTheMeanLuma() {
    Photo red = new Photo(2, 1, new byte[] {(byte) 200, 0, 0, 100, 0, 0});

    // 0.299 * 150 = 44.85
    assertThat(new ColorJitter(0, 1, 0).apply(red, always(0)).rgb()).containsOnly((byte) 45);
  }

  @Test
  void apply_withSaturation_scalesDistanceFromThePixelsLuma() {
    Photo photo = new Photo(1, 1, new byte[] {100, 50, 20});

    // luma 0.299 * 100 + 0.587 * 50 + 0.114 * 20 = 61.53
    assertThat(new ColorJitter(0, 0, 1).apply(photo, always(0)).rgb()).containsOnly((byte) 62);
    assertThat(new ColorJitter(0, 0, 0.5).apply(photo, always(1)).rgb())
        .containsExactly(119, 44, 0); // 61.53 + 1.5 * (38.47, -11.53, -41.53)
  }

  @Test
  void apply_withAllThree_isTheirProductRoundedOnce() {
    Photo photo = new Photo(2, 1, new byte[] {100, 50, 20, 30, 60, 90});
    double luma0 = 61.53;
    double luma1 = 0.299 * 30 + 0.587 * 60 + 0.114 * 90;
    double mean = (luma0 + luma1) / 2;
    double[] in = {100, 50, 20, 30, 60, 90};

    byte[] out = new ColorJitter(0.2, 0.3, 0.4).apply(photo, always(0)).rgb();

    for (int i = 0; i < 6; i++) {
      double luma = i < 3 ? luma0 : luma1;
      double coloured = 0.8 * (luma + 0.6 * (in[i] - luma));
      assertThat((double) (out[i] & 0xff))
          .isCloseTo(0.8 * mean + 0.7 * (coloured - 0.8 * mean), within(0.501));
    }
  }

  @Test
  void apply_withNothing_keepsPixels() {
    Photo photo = TestPhotos.noise(7, 5, 1);

    assertThat(new ColorJitter(0, 0, 0).apply(photo, new Random(2)).rgb()).isEqualTo(photo.rgb());
  }

  @Test
  void apply_brightness_isUniformOverItsRange() {
    Photo photo = grey(100);
    Random random = new Random(3);
    double sum = 0;
    int least = 255;
    int largest = 0;
    for (int n = 0; n < 10_000; n++) {
      int value = new ColorJitter(0.3, 0, 0).apply(photo, random).rgb()[0] & 0xff;
      sum += value;
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    assertThat(sum / 10_000).isCloseTo(100, within(0.6));
    assertThat(least).isEqualTo(70);
    assertThat(largest).isEqualTo(130);
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0, 0", "0, 1.1, 0", "0, 0, NaN"})
  void new_withAmountOutOfRange_isRefused(double brightness, double contrast, double saturation) {
    assertThatThrownBy(() -> new ColorJitter(brightness, contrast, saturation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 0 and 1");
  }
}
