package org.food4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.food4j.data.manifest.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTargetsTest {
  @ParameterizedTest
  @CsvSource({
    "200, 150, 30, 20",
    "51, 38, 8, 5",
    "90, 68, 13, 9", // remainders .5, .5, 0: the earlier split gets it
    "10, 8, 1, 1",
    "4, 2, 1, 1",
    "3, 1, 1, 1",
    "2, 2, 0, 0",
    "0, 0, 0, 0",
  })
  void apportion_defaultTargets_goesByLargestRemainder(
      int photos, int train, int validation, int test) {
    assertThat(SplitTargets.DEFAULT.apportion(photos)).containsExactly(train, validation, test);
  }

  @Test
  void apportion_anyNumber_usesAllPhotosWithinOneOfTheShare() {
    for (int photos = 20; photos < 1000; photos++) {
      int[] counts = SplitTargets.DEFAULT.apportion(photos);

      assertThat(Arrays.stream(counts).sum()).isEqualTo(photos);
      for (Split split : Split.values()) {
        assertThat((double) counts[split.ordinal()])
            .isBetween(
                photos * SplitTargets.DEFAULT.of(split) / 200.0 - 1,
                photos * SplitTargets.DEFAULT.of(split) / 200.0 + 1);
      }
    }
  }

  @Test
  void apportion_emptyParts_stayEmpty() {
    assertThat(new SplitTargets(0, 0, 20).apportion(7)).containsExactly(0, 0, 7);
    assertThat(new SplitTargets(8, 0, 2).apportion(2)).containsExactly(1, 0, 1);
  }

  @Test
  void perClass_anotherNumber_keepsTheProportion() {
    assertThat(SplitTargets.perClass(200)).isEqualTo(SplitTargets.DEFAULT);
    assertThat(SplitTargets.perClass(100)).isEqualTo(new SplitTargets(75, 15, 10));
    assertThat(SplitTargets.perClass(40).perClass()).isEqualTo(40);
  }

  @Test
  void constructor_impossibleNumbers_areRefused() {
    assertThatThrownBy(() -> new SplitTargets(10, -1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("validation -1");
    assertThatThrownBy(() -> new SplitTargets(0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SplitTargets.perClass(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }
}
