package org.food4j.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Every schedule beside PyTorch's, step by step. */
class LearningRatesTest {
  private static final double RATE = 0.1;

  static Set<Map.Entry<String, ISchedule>> schedules() {
    Map<String, ISchedule> schedules = new LinkedHashMap<>();
    schedules.put("constant", new FixedSchedule(RATE));
    schedules.put("constant_warm_up_7", new WarmUpSchedule(new FixedSchedule(RATE), 7));
    schedules.put("step_30_of_0.1", new StepSchedule(ScheduleType.ITERATION, RATE, 0.1, 30));
    schedules.put(
        "multi_step_20_55_90_of_0.3", new MultiStepSchedule(RATE, 0.3, List.of(20, 55, 90)));
    schedules.put("cosine_to_0.001", new CosineSchedule(RATE, 0.001, 0, 100));
    schedules.put("cosine_warm_up_10", new CosineSchedule(RATE, 0, 10, 100));
    schedules.put("restarts_25_to_0.001", new CosineRestartsSchedule(RATE, 0.001, 25, 1));
    schedules.put("restarts_13_doubling", new CosineRestartsSchedule(RATE, 0, 13, 2));
    schedules.put(
        "restarts_45_warm_up_10",
        new WarmUpSchedule(new CosineRestartsSchedule(RATE, 0, 45, 1), 10));
    schedules.put("one_cycle_30_of_101", new OneCycleSchedule(RATE, 30, 101));
    schedules.put("polynomial_0.9", new PolynomialSchedule(RATE, 0.9, 100));
    schedules.put("polynomial_2_of_60", new PolynomialSchedule(RATE, 2, 60));
    return schedules.entrySet();
  }

  @Tag("reference")
  @Test
  void hundredSteps_ofEverySchedule_equalPyTorchs() throws Exception {
    JsonNode fixture;
    try (InputStream json = getClass().getResourceAsStream("learning_rates.json")) {
      fixture = new JsonMapper().readTree(json);
    }
    Set<String> left = new HashSet<>();
    fixture.fieldNames().forEachRemaining(left::add);
    for (Map.Entry<String, ISchedule> schedule : schedules()) {
      JsonNode expected = fixture.get(schedule.getKey());
      assertThat(expected).as(schedule.getKey()).hasSize(100);
      for (int step = 0; step < 100; step++) {
        double value = expected.get(step).asDouble();
        assertThat(schedule.getValue().valueAt(step, 0))
            .as("%s, step %s", schedule.getKey(), step)
            .isCloseTo(value, within(1e-9 * value));
      }
      left.remove(schedule.getKey());
    }
    assertThat(left).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void schedule_writtenAndRead_isTheSame(Map.Entry<String, ISchedule> entry) throws Exception {
    ISchedule schedule = entry.getValue();
    var mapper = NeuralNetConfiguration.mapper();
    ISchedule read = mapper.readValue(mapper.writeValueAsString(schedule), ISchedule.class);
    assertThat(read).isEqualTo(schedule).hasSameHashCodeAs(schedule);
    assertThat(schedule.clone()).isEqualTo(schedule);
  }

  @Test
  void stepsAfterTheLast_keepTheLowestRate() {
    assertThat(new PolynomialSchedule(RATE, 0.9, 10).valueAt(50, 0)).isZero();
    assertThat(new OneCycleSchedule(RATE, 3, 10).valueAt(50, 0))
        .isCloseTo(RATE / 25e4, within(1e-15));
  }

  @Test
  void oneCycle_ofARiseOfOneStep_beginsAtThePeak() {
    assertThat(new OneCycleSchedule(RATE, 1, 10).valueAt(0, 0)).isEqualTo(RATE);
  }

  @Test
  void values_outsideTheirRange_areRefused() {
    List<Runnable> calls = new ArrayList<>();
    calls.add(() -> new WarmUpSchedule(new FixedSchedule(1), -1));
    calls.add(() -> new MultiStepSchedule(0, 0.1, List.of(1)));
    calls.add(() -> new MultiStepSchedule(1, 1.5, List.of(1)));
    calls.add(() -> new MultiStepSchedule(1, 0.1, List.of(5, 5)));
    calls.add(() -> new MultiStepSchedule(1, 0.1, List.of(0)));
    calls.add(() -> new PolynomialSchedule(1, 0, 10));
    calls.add(() -> new PolynomialSchedule(1, 1, 0));
    calls.add(() -> new CosineRestartsSchedule(1, 2, 10, 1));
    calls.add(() -> new CosineRestartsSchedule(1, 0, 0, 1));
    calls.add(() -> new CosineRestartsSchedule(1, 0, 10, 0));
    calls.add(() -> new OneCycleSchedule(1, 0, 10));
    calls.add(() -> new OneCycleSchedule(1, 10, 10));
    for (int i = 0; i < calls.size(); i++) {
      assertThatThrownBy(calls.get(i)::run)
          .as("call %s", i)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
