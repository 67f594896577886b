package org.food4j.models.explain.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.kernel.Precision;
import org.food4j.models.layer.Conv2d;
import org.junit.jupiter.api.Test;

class InferenceCopyTest {
  @Test
  void copy_ofANetworkTrainedInBfloat16_computesInFloat32() {
    Architecture network = Architectures.named("se_cnn");
    NetworkSpec spec =
        new NetworkSpec(3, 32).toBuilder().trainingPrecision(Precision.BFLOAT16).build();
    ComputationGraph graph =
        new ComputationGraph(
            network
                .configure(new NeuralNetConfiguration.Builder(), spec)
                .setOutputs(network.logits())
                .build());
    graph.init();
    assertThat(precisions(graph)).contains(Precision.BFLOAT16);
    assertThat(precisions(InferenceCopy.of(graph)))
        .hasSameSizeAs(precisions(graph))
        .containsOnly(Precision.FLOAT32);
  }

  private static List<Precision> precisions(ComputationGraph graph) {
    return Arrays.stream(graph.getLayers())
        .map(layer -> layer.conf().getLayer())
        .filter(Conv2d.class::isInstance)
        .map(layer -> ((Conv2d) layer).trainingPrecision())
        .toList();
  }
}
