package org.food4j.models.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkCostsTest {
  static Stream<Architecture> all() {
    return Architectures.all().stream();
  }

  private static NetworkCosts costs(String name, int classes) {
    Architecture architecture = Architectures.named(name);
    return NetworkCosts.of(architecture, new NetworkSpec(classes, architecture.inputSize()));
  }

  /**
   * Parameters as torchvision's and timm's documentation give them; multiply-additions counted in
   * PyTorch, with a hook on each convolution and linear layer of the same modules.
   */
  @Tag("reference")
  @ParameterizedTest
  @CsvFileSource(resources = "published-costs.csv", useHeadersInDisplayName = true)
  void costs_ofPublishedNetworks_equalTheirTables(
      String name, int inputSize, long parameters, String gigaMacs) {
    NetworkCosts costs = costs(name, 1000);
    assertThat(costs.inputSize()).isEqualTo(inputSize);
    assertThat(costs.trainable()).isEqualTo(parameters);
    if (gigaMacs != null) {
      assertThat("%.3f".formatted(costs.macs() / 1e9)).isEqualTo(gigaMacs);
    }
  }

  @Tag("reference")
  @ParameterizedTest
  @CsvSource({"se_cnn, 2482990", "attention_cnn, 2747062", "seed_cnn, 304776"})
  void costs_ofOwnNetworksWith34Classes_equalPyTorchs(String name, long parameters) {
    assertThat(costs(name, 34).trainable()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "mobilenet_v3_small"})
  void costs_ofTheConfiguration_equalThoseOfTheInitializedGraph(String name) {
    Architecture architecture = Architectures.named(name);
    NetworkCosts costs = NetworkCosts.of(architecture, new NetworkSpec(7, 65));
    ComputationGraph graph = architecture.graph(new NetworkSpec(7, 65), 1);
    assertThat(costs.parameters()).isEqualTo(graph.numParams());
    assertThat(costs.trainable()).isEqualTo(Parameters.trainable(graph));
    assertThat(costs.macs()).isEqualTo(Macs.total(graph, 65));
  }

  @ParameterizedTest
  @MethodSource("all")
  void costs_ofEveryNetwork_areKnownForEachVertexOfItsWiring(Architecture architecture) {
    NetworkSpec spec = new NetworkSpec(10, architecture.inputSize());
    NetworkCosts costs = NetworkCosts.of(architecture, spec);
    Wiring wiring = architecture.wiring(spec);
    assertThat(costs.uncounted()).isEmpty();
    assertThat(costs.stages())
        .extracting(StageCosts::name)
        .containsExactlyElementsOf(wiring.stages().stream().map(Stage::name).toList());
    assertThat(costs.stages().stream().flatMap(stage -> stage.vertices().stream()))
        .extracting(VertexCosts::name)
        .containsExactlyElementsOf(wiring.byVertex().keySet());
  }

  @Test
  void stage_ofSeCnn_isCountedByHand() {
    StageCosts stage = costs("se_cnn", 34).stages().get(1);
    assertThat(stage.name()).isEqualTo("stages.0");
    assertThat(stage.shape()).containsExactly(56L, 56L, 64L);
    long convolutions = 9 * 32 * 64 + 9 * 64 * 64 + 32 * 64;
    long excitation = 64 * 4 + 4 * 64;
    assertThat(stage.macs()).isEqualTo(56 * 56 * convolutions + excitation);
    assertThat(stage.trainable()).isEqualTo(convolutions + 3 * 2 * 64 + excitation + 4 + 64);
    assertThat(stage.parameters()).isEqualTo(stage.trainable() + 3 * 2 * 64);
    // two convolutions, the scaled one, the shortcut, their sum; means, hidden layer, factors
    assertThat(stage.activationBytes()).isEqualTo(4 * (5 * 56 * 56 * 64 + 64 + 4 + 64));
  }

  @Test
  void kinds_ofAResidualBlock_tellAttentionFromTheRest() {
    List<VertexCosts> block = costs("se_cnn", 34).stages().get(1).vertices();
    assertThat(block)
        .extracting(VertexCosts::kind)
        .containsExactly(
            VertexKind.CONVOLUTION,
            VertexKind.CONVOLUTION,
            VertexKind.ATTENTION,
            VertexKind.ATTENTION,
            VertexKind.ATTENTION,
            VertexKind.ATTENTION,
            VertexKind.CONVOLUTION,
            VertexKind.ADDITION);
    assertThat(block.get(0).description()).isEqualTo("conv 3x3 /2, 64, batch norm, relu");
    assertThat(block.get(7).inputs()).containsExactly("stages.0.se.scale", "stages.0.downsample.0");
  }
}
