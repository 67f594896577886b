package org.food4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.food4j.bench.result.LatencyRow;
import org.junit.jupiter.api.Test;

class SpeedupTest {
  private static LatencyRow row(int batch, double fastestMs, int samples) {
    List<Double> times = IntStream.range(0, samples).mapToObj(i -> fastestMs + i * 0.1).toList();
    return new LatencyRow("model", "runtime", "form", 0.4, 0.7, batch, times, 1);
  }

  @Test
  void of_rowsFarApart_isClear() {
    Speedup speedup = Speedup.of(row(1, 18.1, 20), row(1, 8.6, 20));

    assertThat(speedup.factor()).isEqualTo(19.0 / 9.5);
    assertThat(speedup.clear()).isTrue();
  }

  @Test
  void of_rowsWhoseMedianIntervalsOverlap_isNot() {
    // Of 20 samples the 5th to the 16th enclose the median: 10.4 to 11.5, and 11.0 to 12.1.
    assertThat(Speedup.of(row(1, 10.6, 20), row(1, 10.0, 20)).clear()).isFalse();
    // 11.8 to 12.9 lies apart from 10.4 to 11.5.
    assertThat(Speedup.of(row(1, 11.4, 20), row(1, 10.0, 20)).clear()).isTrue();
  }

  @Test
  void of_fewSamples_comparesTheirWholeRange() {
    assertThat(Speedup.of(row(1, 10.0, 3), row(1, 10.2, 3)).clear()).isFalse();
    assertThat(Speedup.of(row(1, 10.0, 3), row(1, 10.25, 3)).clear()).isTrue();
  }

  @Test
  void of_differentBatchSizes_isRefused() {
    assertThatThrownBy(() -> Speedup.of(row(1, 10, 3), row(8, 10, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 and 8");
  }

  @Test
  void agreement_isWithinAToleranceOnlyWithEveryTop1() {
    assertThat(new Agreement(100, 9e-5, 1).within(1e-4)).isTrue();
    assertThat(new Agreement(100, 2e-4, 1).within(1e-4)).isFalse();
    assertThat(new Agreement(100, 9e-5, 0.99).within(1e-4)).isFalse();
    assertThat(new Agreement(100, Double.NaN, 1).within(1e-4)).isFalse();
  }

  @Test
  void agreement_outOfRange_isRefused() {
    assertThatThrownBy(() -> new Agreement(0, 0, 1)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new Agreement(1, -1, 1)).hasMessageContaining("not -1.0");
    assertThatThrownBy(() -> new Agreement(1, 0, Double.NaN)).hasMessageContaining("not NaN");
  }
}
