package org.food4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The form in which checkpoints hold updaters: it is not to change, or old ones are lost. */
class UpdaterJsonTest {
  static Stream<Arguments> updaters() {
    return Stream.of(
        Arguments.of(
            new AdamUpdater(new FixedSchedule(0.5), new AdamSettings(0.9, 0.99, 1e-8)),
            """
            {"@class": "org.food4j.train.optimizer.AdamUpdater",
             "beta1": 0.9, "beta2": 0.99, "epsilon": 1.0E-8,
             "schedule": {"@class": "org.nd4j.linalg.schedule.FixedSchedule", "value": 0.5}}
            """),
        Arguments.of(
            new AdamUpdater(new FixedSchedule(0.5), new AdamSettings(0.9, 0.99, 1e-8), 7),
            """
            {"@class": "org.food4j.train.optimizer.AdamUpdater",
             "beta1": 0.9, "beta2": 0.99, "epsilon": 1.0E-8, "firstStep": 7,
             "schedule": {"@class": "org.nd4j.linalg.schedule.FixedSchedule", "value": 0.5}}
            """),
        Arguments.of(
            new MomentumUpdater(new StepSchedule(ScheduleType.ITERATION, 0.5, 0.1, 3), 0.9, true),
            """
            {"@class": "org.food4j.train.optimizer.MomentumUpdater",
             "momentum": 0.9, "nesterov": true,
             "schedule": {"@class": "org.nd4j.linalg.schedule.StepSchedule",
              "decayRate": 0.1, "initialValue": 0.5, "scheduleType": "ITERATION", "step": 3.0}}
            """));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void updater_asJson_isWhatCheckpointsHold(IUpdater updater, String json) throws Exception {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    assertThat(mapper.readTree(mapper.writeValueAsString(updater)))
        .isEqualTo(mapper.readTree(json));
    assertThat(mapper.readValue(json, IUpdater.class)).isEqualTo(updater);
  }
}
