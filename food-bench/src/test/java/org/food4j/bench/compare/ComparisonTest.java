package org.food4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.food4j.bench.Measured;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Repetition;
import org.food4j.bench.result.ResultRow;
import org.food4j.bench.result.Source;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Measured FLOAT32 =
      Measured.of("model.onnx", "onnx float32", Map.of(1, 10.0, 8, 60.0));
  private static final Measured INT8 =
      Measured.of("int8.onnx", "onnx int8", Map.of(1, 5.0, 4, 9.0)).withWrong(44);

  @Test
  void rows_ofTwoModels_holdTheSecondAgainstTheFirst() {
    List<ResultRow> rows = Comparison.rows(Measured.benchmark(FLOAT32, INT8));
    assertThat(rows).extracting(ResultRow::batch).containsExactly(1, 8, 1, 4);
    ResultRow reference = rows.get(0);
    assertThat(reference.speedup().orElseThrow().value()).isEqualTo(1);
    assertThat(reference.pValue()).isEqualTo(1);
    assertThat(reference.snrDecibels()).isInfinite();
    ResultRow int8 = rows.get(2);
    assertThat(int8.speedup().orElseThrow().value()).isCloseTo(2, within(1e-9));
    assertThat(int8.top1Difference()).isCloseTo(-0.02, within(1e-9));
    assertThat(int8.top1Agreement()).isEqualTo(0.98);
    assertThat(int8.maxAbsDifference()).isEqualTo(1);
    // Four photos of 200 differ in both logits by 1, each photo has one logit of 1.
    assertThat(int8.snrDecibels()).isCloseTo(10 * Math.log10(200 / 8.0), within(1e-9));
    assertThat(int8.memoryBytes()).isEqualTo(OptionalLong.of(3_000_000));
    assertThat(int8.photosPerSecond()).isCloseTo(200, within(0.2));
    assertThat(rows.get(3).speedup()).isEmpty();
    assertThat(rows.get(3).figures().has("speedup")).isFalse();
  }

  @Test
  void front_ofChoices_isWhatNothingBeats() {
    assertThat(
            ParetoFront.of(
                List.of(
                    new ParetoFront.Choice(1, 0.5),
                    new ParetoFront.Choice(2, 0.5),
                    new ParetoFront.Choice(2, 0.7),
                    new ParetoFront.Choice(2, 0.7),
                    new ParetoFront.Choice(9, 0.69))))
        .containsExactly(true, false, true, true, false);
  }

  @Test
  void merged_benchmarksOfOneName_areNumberedAndKeepTheFirstReference() {
    Benchmark gpu = Measured.benchmark(INT8);
    Benchmark merged = MergedBenchmark.of(List.of(Measured.benchmark(FLOAT32, INT8), gpu));
    assertThat(merged.sources()).extracting(Source::name).containsExactly("here", "here (2)");
    assertThat(merged.models())
        .extracting(MeasuredModel::source)
        .containsExactly("here", "here", "here (2)");
    assertThat(merged.referenceModel().name()).isEqualTo("model.onnx");
    assertThat(merged.withReference("int8.onnx").reference()).isEqualTo(1);
    assertThatThrownBy(() -> merged.withReference("int4.onnx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[model.onnx, int8.onnx, int8.onnx], not 'int4.onnx'");
  }

  @Test
  void merged_ofAMergedBenchmark_hasNamesThatNoOtherHas() {
    Benchmark one = Measured.benchmark(FLOAT32);
    Benchmark two = MergedBenchmark.of(List.of(one, one));
    assertThat(MergedBenchmark.of(List.of(two, one)).sources())
        .extracting(Source::name)
        .containsExactly("here", "here (2)", "here (3)");
    Benchmark merged = MergedBenchmark.of(List.of(one, two));
    assertThat(merged.sources())
        .extracting(Source::name)
        .containsExactly("here", "here (2)", "here (3)");
    assertThat(merged.models())
        .extracting(MeasuredModel::source)
        .containsExactly("here", "here (2)", "here (3)");
  }

  @Test
  void merged_benchmarksOfOtherPhotos_areRefused() {
    Benchmark one = Measured.benchmark(FLOAT32);
    Benchmark other =
        new Benchmark(one.sources(), Measured.photos("beef"), one.models(), one.reference());
    assertThatThrownBy(() -> MergedBenchmark.of(List.of(one, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fingerprint beef")
        .hasMessageContaining("fingerprint f00d");
  }

  @Test
  void repetition_ofASlowerModel_tellsTheChangeAndTheFile() {
    Benchmark before = Measured.benchmark(FLOAT32);
    MeasuredModel slower =
        Measured.of("model.onnx", "onnx float32", Map.of(1, 12.0, 8, 60.3)).model();
    Benchmark now =
        new Benchmark(
            List.of(new Source("here", Map.of("cpu", "another"), BenchmarkSettings.standard())),
            before.photos(),
            List.of(slower),
            0);
    Repetition repetition = RepeatedBenchmark.of(before, now).repetition().orElseThrow();
    assertThat(repetition.lines()).extracting(Repetition::isChanged).containsExactly(true, false);
    assertThat(repetition.lines().get(0).ratio().value()).isCloseTo(1.2, within(1e-9));
    assertThat(repetition.annotated(Comparison.rows(now)))
        .extracting(row -> row.figures().get("slowdown").asDouble())
        .containsExactly(
            repetition.lines().get(0).ratio().value(), repetition.lines().get(1).ratio().value());
    assertThat(repetition.changes())
        .containsExactly(new Repetition.Change("here", "cpu", "of here", "another"));
    Benchmark merged = MergedBenchmark.of(List.of(before, RepeatedBenchmark.of(before, now)));
    Repetition kept = merged.repetition().orElseThrow();
    assertThat(kept.lines())
        .extracting(Repetition.Line::ratio)
        .isEqualTo(repetition.lines().stream().map(Repetition.Line::ratio).toList());
    assertThat(kept.lines()).allMatch(line -> line.model() == merged.models().get(1));
    assertThat(kept.changes())
        .containsExactly(new Repetition.Change("here (2)", "cpu", "of here", "another"));
    // the rows of the earlier benchmark repeat nothing
    assertThat(kept.annotated(Comparison.rows(merged)))
        .extracting(row -> row.figures().has("slowdown"))
        .containsExactly(false, false, true, true);
    assertThat(MergedBenchmark.of(List.of(merged)).repetition()).contains(kept);
    assertThat(MergedBenchmark.of(List.of(before)).repetition()).isEmpty();
    assertThatThrownBy(() -> before.repeating(repetition))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.onnx of here is compared with before, and is not in");
  }

  @Test
  void repetition_ofOtherModels_isRefused() {
    assertThatThrownBy(
            () -> RepeatedBenchmark.of(Measured.benchmark(FLOAT32), Measured.benchmark(INT8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("/models/int8.onnx was not in the earlier benchmark");
  }

  @Test
  void merged_ofAMergedRepetition_changesKeepTheirSource() {
    Benchmark before = Measured.benchmark(FLOAT32);
    Benchmark now =
        new Benchmark(
            List.of(new Source("here", Map.of("cpu", "another"), BenchmarkSettings.standard())),
            before.photos(),
            before.models(),
            0);
    Benchmark merged = MergedBenchmark.of(List.of(before, RepeatedBenchmark.of(before, now)));
    Benchmark again = MergedBenchmark.of(List.of(before, merged));
    assertThat(again.repetition().orElseThrow().changes())
        .containsExactly(new Repetition.Change("here (3)", "cpu", "of here", "another"));
    assertThat(again.sources().get(2).environment()).containsEntry("cpu", "another");
    assertThat(again.repeated()).singleElement().isSameAs(again.models().get(2));
    Repetition elsewhere =
        new Repetition(List.of(), List.of(new Repetition.Change("gone", "cpu", "a", "b")));
    assertThatThrownBy(() -> before.repeating(elsewhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cpu has changed at gone, which is none of [here]");
  }
}
