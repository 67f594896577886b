package org.food4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.analysis.Macs;
import org.junit.jupiter.api.Test;

class SeCnnTest {
  private static final Architecture SE_CNN = Architectures.named("se_cnn");

  @Test
  void macs_ofTheStem_areCountedByHand() {
    ComputationGraph graph = SE_CNN.graph(new NetworkSpec(34, 64), 1);
    assertThat(Macs.byVertex(graph, 64))
        .containsEntry("stem.0", 32L * 32 * 32 * 3 * 9)
        .containsEntry("stages.0.downsample.0", 16L * 16 * 64 * 32)
        .containsEntry("stages.0.se.fc1", 64L * 4)
        .containsEntry("fc", 256L * 34);
  }
}
