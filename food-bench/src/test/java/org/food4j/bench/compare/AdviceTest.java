package org.food4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.food4j.bench.Measured;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Rounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  /** The reference takes 10 ms and 80 ms, has 10 MB and answers 40 of 200 photos wrongly. */
  @ParameterizedTest
  @CsvSource({
    "5,   40, 10000000, 40, USE",
    "5,   80, 10000000, 40, USE",
    "5,   90, 10000000, 40, USE_WHERE_FASTER",
    "5,   40,  2500000, 42, USE",
    "5,   40,  2500000, 45, MEASURE_MORE",
    "5,   40,  2500000, 60, WEIGH",
    "10,  80,  5000000, 40, FOR_SIZE",
    "14, 110,  5000000, 40, FOR_SIZE",
    "10,  80,  5000000, 42, FOR_SIZE",
    "10,  80,  5000000, 45, MEASURE_MORE",
    "19, 160,  2500000, 40, FOR_SIZE",
    "25, 200,  2500000, 40, DO_NOT",
    "14, 110, 10000000, 40, DO_NOT",
    "14, 110,  5000000, 60, DO_NOT",
    "10,  80, 10000000, 41, EITHER",
    "10,  80, 10000000, 45, DO_NOT",
    "14, 110, 10000000, 20, FOR_ACCURACY",
    "5,   40, 10000000, 20, USE"
  })
  void of_figures_isWhatTheySay(
      double single, double batch, long bytes, int wrong, Advice expected) {
    Comparison comparison =
        Comparison.of(
            Measured.of("int8.onnx", "onnx int8", Map.of(1, single, 8, batch))
                .withBytes(bytes)
                .withWrong(wrong)
                .model(),
            Measured.of("model.onnx", "onnx float32", Map.of(1, 10.0, 8, 80.0)).model());
    assertThat(Advice.of(comparison)).isEqualTo(expected);
  }

  @Test
  void of_timesAtNoCommonBatch_isToMeasureThem() {
    Comparison comparison =
        Comparison.of(
            Measured.of("small.onnx", "onnx int8", Map.of(2, 1.0)).withBytes(1_000_000).model(),
            Measured.of("model.onnx", "onnx float32", Map.of(1, 10.0)).model());
    assertThat(Advice.of(comparison)).isEqualTo(Advice.MEASURE_SPEED);
  }

  @Test
  void of_slownessThatNoiseMayHaveMade_isNotHeldAgainstASmallFile() {
    Comparison comparison =
        Comparison.of(
            small(new BatchTimes(1, unsteady(5), List.of())),
            Measured.of("model.onnx", "onnx float32", Map.of(1, 10.0)).model());
    assertThat(comparison.meanSpeedup().orElseThrow()).isLessThan(0.5);
    assertThat(Advice.of(comparison)).isEqualTo(Advice.FOR_SIZE);
  }

  @Test
  void of_slownessThatNoiseMayHaveMadeLarge_isNotHeldAgainstASmallFile() {
    MeasuredModel little = Measured.of("x", "onnx int8", Map.of(1, 10.2)).model();
    Comparison comparison =
        Comparison.of(
            small(little.batches().get(0), new BatchTimes(8, unsteady(40), List.of())),
            Measured.of("model.onnx", "onnx float32", Map.of(1, 10.0, 8, 80.0)).model());
    assertThat(Advice.isSlower(comparison.speedup(1).orElseThrow())).isTrue();
    assertThat(comparison.speedup(8).orElseThrow().clear()).isFalse();
    assertThat(comparison.meanSpeedup().orElseThrow()).isLessThan(0.5);
    assertThat(Advice.of(comparison)).isEqualTo(Advice.FOR_SIZE);
  }

  /** Of a median of twelve times as much. */
  private static Rounds unsteady(double ms) {
    return new Rounds(List.of(List.of(ms), List.of(12 * ms, 12 * ms)));
  }

  private static MeasuredModel small(BatchTimes... times) {
    MeasuredModel small =
        Measured.of("int8.onnx", "onnx int8", Map.of(1, 10.0)).withBytes(2_500_000).model();
    return new MeasuredModel(
        small.source(),
        small.name(),
        small.path(),
        small.sha256(),
        small.provider(),
        small.said(),
        small.runtime(),
        small.form(),
        small.bytes(),
        small.load(),
        List.of(times),
        small.scores(),
        small.answers());
  }
}
