package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.food4j.data.manifest.Labels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static JsonNode reference;
  private static Scores scores;

  @BeforeAll
  static void read() throws IOException {
    JsonMapper mapper = new JsonMapper();
    try (InputStream json = CalibrationTest.class.getResourceAsStream("calibration.json")) {
      reference = mapper.readTree(json);
    }
    scores =
        ScoredPhotos.of(
            mapper.convertValue(reference.get("labels"), int[].class),
            mapper.convertValue(reference.get("logits"), float[][].class));
  }

  private static double expected(String name) {
    return reference.get(name).asDouble();
  }

  @Test
  void temperature_ofAnOverconfidentClassifier_equalsTheReference() {
    TemperatureFit fit = TemperatureFit.of(scores, "validation");

    assertThat(fit.temperature()).isCloseTo(expected("temperature"), within(1e-6));
    assertThat(fit.lossBefore()).isCloseTo(expected("loss_before"), within(1e-6));
    assertThat(fit.loss()).isCloseTo(expected("loss"), within(1e-6));
    assertThat(fit.calibrationErrorBefore()).isCloseTo(expected("error_before"), within(1e-6));
    assertThat(fit.calibrationError()).isCloseTo(expected("error"), within(1e-6));
    assertThat(fit.calibrationError()).isLessThan(fit.calibrationErrorBefore());
    assertThat(fit.photos()).isEqualTo(200);
  }

  @Test
  void temperature_ofAnySize_leavesTheRanking() {
    List<List<Integer>> ranked = ranked(scores, 1);

    for (double temperature : new double[] {0.05, 0.3, 3, 20}) {
      assertThat(ranked(scores, temperature)).isEqualTo(ranked);
    }
    // equal probabilities in float, different logits
    Scores close = ScoredPhotos.of(new int[] {1}, new float[][] {{1, 1 + 0x1p-22f}});
    assertThat(Evaluation.of(close, "test", 20).results().get(0).probabilities())
        .containsExactly(0.5f, 0.5f);
    assertThat(ranked(close, 20)).containsExactly(List.of(1, 0));
  }

  private static List<List<Integer>> ranked(Scores scores, double temperature) {
    return Evaluation.of(scores, "test", temperature).results().stream()
        .map(PhotoResult::ranked)
        .toList();
  }

  @Test
  void temperature_withoutABest_isTheNearestAllowed() {
    float[][] two = {{2, 0}, {0, 2}};

    assertThat(TemperatureScaling.fit(ScoredPhotos.of(new int[] {0, 1}, two)))
        .isCloseTo(TemperatureScaling.LOWEST, within(1e-6));
    assertThat(TemperatureScaling.fit(ScoredPhotos.of(new int[] {1, 0}, two)))
        .isCloseTo(TemperatureScaling.HIGHEST, within(1e-6));
    assertThat(TemperatureScaling.fit(ScoredPhotos.of(new int[] {1, 0}, new float[2][2])))
        .isEqualTo(1);
    assertThatThrownBy(
            () ->
                TemperatureScaling.fit(
                    ScoredPhotos.of(new int[] {0}, new float[][] {{1, Float.NaN}})))
        .hasMessageContaining("A logit is NaN");
  }

  @Test
  void bins_ofAnswers_haveTheirConfidenceAndAccuracy() {
    float[] probabilities = {0.5f, 0.52f, 0.6f, 1f};
    List<PhotoResult> results =
        IntStream.range(0, 4)
            .mapToObj(i -> new PhotoResult("p" + i, i % 2, List.of(0), List.of(probabilities[i])))
            .toList();
    Calibration calibration =
        Calibration.of(new Evaluation(Labels.of(List.of("naan", "chai")), "test", 1, results));

    assertThat(calibration.bins()).hasSize(Calibration.BINS);
    Calibration.Bin middle = calibration.bins().get(7); // 7/15 to 8/15
    assertThat(middle.photos()).isEqualTo(2);
    assertThat(middle.confidence()).isCloseTo(0.51, within(1e-6));
    assertThat(middle.accuracy()).isEqualTo(0.5);
    assertThat(calibration.bins().get(14).photos()).isEqualTo(1); // 1 is inside the last
    assertThat(calibration.bins().get(0).photos()).isZero();
    // bins of 0.5 and 0.52, 0.6 and 1; right are the first and the third
    assertThat(calibration.expectedError()).isCloseTo((2 * 0.01 + 0.4 + 1) / 4, within(1e-6));
    assertThat(calibration.meanConfidence()).isCloseTo(2.62 / 4, within(1e-6));
  }
}
