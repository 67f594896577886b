package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void macroF1_ofTwoHundredAnswers_hasTheReferencesInterval() throws Exception {
    JsonNode reference;
    try (InputStream json = BootstrapTest.class.getResourceAsStream("bootstrap.json")) {
      reference = new JsonMapper().readTree(json);
    }
    List<PhotoResult> results = new ArrayList<>();
    for (int i = 0; i < reference.get("actual").size(); i++) {
      int actual = reference.get("actual").get(i).asInt();
      int predicted = reference.get("predicted").get(i).asInt();
      results.add(new PhotoResult("p" + i, actual, List.of(predicted), List.of(0.5f)));
    }
    Evaluation evaluation =
        new Evaluation(Labels.of(List.of("a", "b", "c", "d", "e")), "test", 1, results);

    assertThat(evaluation.macro().f1())
        .isCloseTo(reference.get("macro_f1").asDouble(), within(1e-12));
    Interval interval = evaluation.macroF1Interval();
    // a percentile of 1000 draws strays by some 0.004 here
    assertThat(interval.low()).isCloseTo(reference.get("low").asDouble(), within(0.012));
    assertThat(interval.high()).isCloseTo(reference.get("high").asDouble(), within(0.012));
    assertThat(evaluation.macroF1Interval()).isEqualTo(interval);
  }

  @Test
  void macroF1_withoutMistakes_isSure() {
    assertThat(new Answers().add(20, true, 0.5).of(3).macroF1Interval())
        .isEqualTo(new Interval(1, 1));
  }
}
