package org.food4j.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void median_ofOddAndEvenCounts_isTheMiddle() {
    assertThat(new Samples(List.of(9.0, 1.0, 5.0)).medianMs()).isEqualTo(5);
    assertThat(new Samples(List.of(9.0, 1.0, 5.0, 6.0)).medianMs()).isEqualTo(5.5);
  }

  @Test
  void percentile_isTheNearestRank() {
    Samples hundred =
        new Samples(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList());
    assertThat(hundred.percentileMs(50)).isEqualTo(50);
    assertThat(hundred.percentileMs(95)).isEqualTo(95);
    assertThat(hundred.percentileMs(99)).isEqualTo(99);
    assertThat(new Samples(List.of(3.0)).percentileMs(99)).isEqualTo(3);
  }

  @Test
  void samples_none_areRefused() {
    assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
