package org.food4j.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.food4j.data.photo.Photo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HorizontalFlipTest {
  private final Photo photo =
      new Photo(3, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19});

  @Test
  void apply_always_mirrorsPixelsAndKeepsChannels() {
    assertThat(new HorizontalFlip(1).apply(photo, new Random(1)).rgb())
        .containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13);
  }

  @Test
  void apply_never_givesThePhotoItself() {
    assertThat(new HorizontalFlip(0).apply(photo, new Random(1))).isSameAs(photo);
  }

  @Test
  void apply_withAQuarter_mirrorsAQuarter() {
    Random random = new Random(2);
    int mirrored = 0;
    for (int n = 0; n < 10_000; n++) {
      mirrored += new HorizontalFlip(0.25).apply(photo, random) == photo ? 0 : 1;
    }
    assertThat(mirrored).isBetween(2350, 2650);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void new_withoutAProbability_isRefused(double probability) {
    assertThatThrownBy(() -> new HorizontalFlip(probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(probability));
  }
}
