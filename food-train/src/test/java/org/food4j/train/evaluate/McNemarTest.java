package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.junit.jupiter.api.Test;

class McNemarTest {
  /** Answers to photos of the classes 0, 0, 1, 1, 1. */
  private static Evaluation evaluation(String prefix, int... answers) {
    int[] actual = {0, 0, 1, 1, 1};
    List<PhotoResult> results = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      results.add(new PhotoResult(prefix + i, actual[i], List.of(answers[i]), List.of(0.5f)));
    }
    return new Evaluation(Labels.of(List.of("naan", "chai", "taco")), "test", 1, results);
  }

  @Test
  void figures_ofCountedPhotos_equalTheClosedForms() throws IOException {
    try (InputStream json = McNemarTest.class.getResourceAsStream("mcnemar.json")) {
      JsonNode rows = new JsonMapper().readTree(json);
      assertThat(rows).hasSizeGreaterThan(10);
      for (JsonNode row : rows) {
        JsonNode cells = row.get("cells");
        int both = cells.get(0).asInt();
        McNemar test =
            new McNemar(
                both, cells.get(1).asInt(), cells.get(2).asInt(), cells.get(3).asInt(), both);
        assertThat(test.pValue())
            .as(row.toString())
            .isCloseTo(row.get("p_value").asDouble(), withinPercentage(1e-8));
        assertThat(test.difference()).isCloseTo(row.get("difference").asDouble(), within(1e-12));
        assertThat(test.differenceLow()).isCloseTo(row.get("low").asDouble(), within(1e-9));
        assertThat(test.differenceHigh()).isCloseTo(row.get("high").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void test_ofFewPhotosThatDiffer_isExact() {
    assertThat(new McNemar(0, 14, 10, 0, 0).exact()).isTrue();
    assertThat(new McNemar(0, 15, 10, 0, 0).exact()).isFalse();
    assertThat(new McNemar(0, 6, 0, 0, 0).significant()).isTrue(); // 2 / 64
    assertThat(new McNemar(0, 5, 0, 0, 0).significant()).isFalse(); // 2 / 32
  }

  @Test
  void of_twoEvaluations_countsPhotoByPhoto() {
    McNemar test = McNemar.of(evaluation("p", 0, 1, 1, 0, 2), evaluation("p", 0, 0, 1, 0, 0));

    assertThat(test).isEqualTo(new McNemar(2, 0, 1, 2, 3));
    assertThat(test.difference()).isEqualTo(-0.2);
    assertThat(test.agreement()).isEqualTo(0.6);
    assertThat(test.pValue()).isEqualTo(1);
  }

  @Test
  void of_differentPhotos_isRefused() {
    Evaluation three = evaluation("p", 0, 0, 1);
    assertThatThrownBy(() -> McNemar.of(three, evaluation("p", 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 photos of 3 classes cannot be compared with 2 photos");
    assertThatThrownBy(() -> McNemar.of(three, evaluation("q", 0, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p0 (class 0) cannot be compared with q0 (class 0)");
  }

  @Test
  void counts_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> new McNemar(0, 0, 0, 0, 0)).hasMessageContaining("one photo or more");
    assertThatThrownBy(() -> new McNemar(3, 1, -1, 2, 3)).hasMessageContaining("1 and -1 that one");
    assertThatThrownBy(() -> new McNemar(3, 1, 1, 2, 6)).hasMessageContaining("from 3 to 5");
  }

  /** Sums of binomial coefficients, as exact fractions: Python's fractions and math.comb. */
  @Test
  void exactPValue_ofAnyNumberOfPhotos_isTheBinomialTests() {
    assertThat(new McNemar(9, 22, 8, 9, 9).exactPValue())
        .isCloseTo(0.016124801710247993, withinPercentage(1e-9));
    assertThat(new McNemar(9, 30, 70, 9, 9).exactPValue())
        .isCloseTo(7.85013964559367e-05, withinPercentage(1e-9));
    assertThat(new McNemar(9, 1070, 930, 9, 9).exactPValue())
        .isCloseTo(0.0018755785845971753, withinPercentage(1e-8));
    assertThat(new McNemar(9, 0, 0, 9, 9).exactPValue()).isEqualTo(1);
    McNemar few = new McNemar(9, 3, 8, 9, 9);
    assertThat(few.exactPValue()).isCloseTo(few.pValue(), withinPercentage(1e-9));
  }
}
