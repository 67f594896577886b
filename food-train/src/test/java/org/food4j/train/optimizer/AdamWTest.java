package org.food4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.train.loop.TrainingGraph;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

class AdamWTest {
  private static final double RATE = 0.01;
  private static final double DECAY = 0.5;

  @Test
  void step_withDecay_takesRateTimesDecayOffWeightsAndLeavesBiasesAndNorms() {
    ComputationGraph plain = network(0);
    ComputationGraph decayed = network(DECAY);
    Map<String, INDArray> weights = new LinkedHashMap<>();
    for (String name : new String[] {"fc_W", "stem.0_W", "stages.0.se.fc1_W"}) {
      weights.put(name, decayed.getParam(name).dup());
    }
    DataSet batch =
        new DataSet(Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32), Nd4j.eye(4).castTo(DataType.FLOAT));
    plain.fit(batch);
    decayed.fit(batch);
    // both took the same Adam step, so that the difference is the decay alone
    weights.forEach(
        (name, before) -> {
          INDArray difference = plain.getParam(name).sub(decayed.getParam(name));
          assertThat(difference.distance2(before.mul(RATE * DECAY)))
              .as(name)
              .isLessThan(1e-5 * before.norm2Number().doubleValue());
          assertThat(difference.norm2Number().doubleValue()).as(name).isGreaterThan(1e-3);
        });
    for (String kept :
        new String[] {
          "fc_b", "stem.0_gamma", "stem.0_beta", "stem.0_mean", "stem.0_var", "stages.0.se.fc1_b"
        }) {
      assertThat(decayed.getParam(kept)).as(kept).isEqualTo(plain.getParam(kept));
    }
  }

  @Test
  void score_ofADecayedNetwork_isTheLossAlone() {
    DataSet batch =
        new DataSet(Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32), Nd4j.eye(4).castTo(DataType.FLOAT));
    assertThat(network(DECAY).score(batch)).isCloseTo(network(0).score(batch), within(1e-9));
  }

  @Test
  void decay_belowZero_isRefused() {
    assertThatThrownBy(() -> new AdamW(new FixedSchedule(RATE), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  private static ComputationGraph network(double decay) {
    return TrainingGraph.create(
        Architectures.named("se_cnn"),
        new NetworkSpec(4, 32),
        new AdamW(new FixedSchedule(RATE), decay),
        new SoftmaxCrossEntropy(0.1),
        3);
  }
}
