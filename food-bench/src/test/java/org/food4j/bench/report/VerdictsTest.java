package org.food4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.food4j.bench.Measured;
import org.food4j.bench.compare.Comparison;
import org.food4j.bench.compare.Comparison.Speedup;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.Ratio;
import org.food4j.train.evaluate.McNemar;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final Measured FLOAT32 =
      Measured.of("model.onnx", "onnx float32", Map.of(1, 10.0, 32, 200.0));

  private static String verdict(Measured... models) {
    return new Verdicts(Measured.benchmark(models)).best();
  }

  @Test
  void of_aFasterForm_saysByHowMuchAndThatItIsToBeUsed() {
    Measured int8 =
        Measured.of("int8.onnx", "onnx int8 static", Map.of(1, 5.0, 32, 80.0)).withWrong(41);
    assertThat(verdict(FLOAT32, int8))
        .isEqualTo(
            "ONNX int8 static: 2.0 times faster than ONNX float32 (2.0 to 2.0) at batch 1 and 2.5"
                + " times faster (2.5 to 2.5) at batch 32, top-1 0.5 points lower, not significant:"
                + " use it.");
  }

  @Test
  void of_aSlowerForm_saysDoNot() {
    Measured dynamic = Measured.of("dynamic.onnx", "onnx int8 dynamic", Map.of(1, 20.0));
    assertThat(verdict(FLOAT32, dynamic))
        .isEqualTo(
            "ONNX int8 dynamic: 2.0 times slower than ONNX float32 (2.0 to 2.0) at batch 1, the"
                + " same answers: do not.");
  }

  @Test
  void of_aSmallerFile_saysWhatItIsFor() {
    Measured half =
        Measured.of("half.onnx", "onnx float16", Map.of(1, 10.5, 32, 200.0)).withBytes(5_050_000);
    assertThat(verdict(FLOAT32, half))
        .isEqualTo(
            "ONNX float16: 5 % slower than ONNX float32 (5 to 5 %) at batch 1 and as fast (1.00 to"
                + " 1.00) at batch 32, the same answers: not for speed, but for a smaller file (51 % of the"
                + " size).");
  }

  @Test
  void of_aFormThatIsFasterAtOneBatch_namesIt() {
    Measured mixed = Measured.of("m.onnx", "onnx int8 mixed", Map.of(1, 12.0, 32, 100.0));
    assertThat(verdict(FLOAT32, mixed)).endsWith("the same answers: use it at batch 32.");
  }

  @Test
  void of_aFormThatLosesMuch_saysSo() {
    Measured poor = Measured.of("poor.onnx", "onnx int8", Map.of(1, 5.0)).withWrong(80);
    assertThat(verdict(FLOAT32, poor))
        .endsWith(
            "top-1 20.0 points lower, significant: weigh the speed against the lost accuracy.");
  }

  @Test
  void of_severalForms_bestIsTheFastest() {
    Measured int8 = Measured.of("int8.onnx", "onnx int8", Map.of(1, 5.0));
    Measured dl4j = Measured.of("run", "dl4j", Map.of(1, 30.0));
    assertThat(verdict(FLOAT32, dl4j, int8)).startsWith("ONNX int8: 2.0 times faster");
    assertThat(new Verdicts(Measured.benchmark(FLOAT32, dl4j, int8)).sentences())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("DL4J: 3.0 times slower than ONNX float32");
  }

  @Test
  void of_oneForm_givesItsThroughput() {
    assertThat(verdict(FLOAT32))
        .isEqualTo("model.onnx answers 160 photos per second at batch 32, 80.0 % of them right.");
  }

  @Test
  void of_noCommonBatch_saysSo() {
    assertThat(verdict(FLOAT32, Measured.of("run", "dl4j", Map.of(2, 3.0))))
        .isEqualTo(
            "DL4J: no batch size in common with ONNX float32, the same answers: measure both at one"
                + " batch size.");
  }

  @Test
  void of_anIntervalThatEndsNearOne_isWrittenSoThatItExcludesOne() {
    Benchmark benchmark =
        Measured.benchmark(FLOAT32, Measured.of("int8.onnx", "onnx int8", Map.of(1, 8.0)));
    Comparison found = Comparison.all(benchmark).get(0);
    Speedup speedup = new Speedup(1, new Ratio(1.2, 1.02, 1.41));
    assertThat(sentence(benchmark, found, found.accuracy(), speedup))
        .startsWith("ONNX int8: 1.20 times faster than ONNX float32 (1.02 to 1.41) at batch 1");
  }

  @Test
  void of_aSignificantDifferenceThatIsTiny_saysSo() {
    Benchmark benchmark =
        Measured.benchmark(FLOAT32, Measured.of("int8.onnx", "onnx int8", Map.of(1, 5.0)));
    Comparison found = Comparison.all(benchmark).get(0);
    McNemar accuracy = new McNemar(30_000, 0, 10, 3_000, 33_000);
    assertThat(accuracy.significant()).isTrue();
    assertThat(sentence(benchmark, found, accuracy, found.speedups().get(0)))
        .contains("top-1 0.030 points lower, significant: weigh");
  }

  private static String sentence(
      Benchmark benchmark, Comparison found, McNemar accuracy, Speedup speedup) {
    Comparison comparison =
        new Comparison(
            found.model(),
            found.reference(),
            accuracy,
            found.agreement(),
            found.snrDecibels(),
            List.of(speedup));
    return new Verdicts(benchmark, List.of(comparison), new ReportNames(benchmark)).best();
  }

  @Test
  void names_areAsLongAsTheyMustBe() {
    Measured twin = Measured.of("twin.onnx", "onnx float32", Map.of(1, 5.0));
    Measured run = Measured.of("run", "dl4j", Map.of(1, 30.0));
    assertThat(verdict(FLOAT32, twin)).startsWith("twin.onnx: 2.0 times faster than model.onnx");
    assertThat(verdict(run, FLOAT32, twin)).startsWith("twin.onnx, ONNX float32: ");
    assertThat(verdict(FLOAT32, FLOAT32.at("gpu")))
        .startsWith("model.onnx, ONNX float32, gpu: as fast as model.onnx, ONNX float32, here");
  }
}
