package org.food4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.analysis.Macs;
import org.food4j.models.analysis.Parameters;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list, and what each network's table and wiring say. */
class ArchitecturesTest {
  static Stream<Architecture> all() {
    return Architectures.all().stream();
  }

  @Test
  void list_ofAll_isInTheOrderShownToPeople() {
    assertThat(all().map(Architecture::name).toList())
        .startsWith("se_cnn", "se_cnn_m", "se_cnn_l")
        .containsSubsequence("resnet18", "resnet101", "efficientnet_b0", "efficientnet_b7")
        .doesNotHaveDuplicates();
  }

  @Test
  void named_unknown_isRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Architectures.named("resnet5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("There is no model 'resnet5'; the models are: se_cnn, ")
        .hasMessageContaining(", efficientnet_b0, ");
  }

  @Test
  void register_aNetworkOfOnesOwn_isFoundByNameAndListedToNobody() {
    Architecture own = new Renamed("registered_cnn");
    Architectures.register(own);
    Architectures.register(new Renamed("registered_cnn"));
    assertThat(Architectures.named("registered_cnn")).isEqualTo(own);
    assertThat(all()).doesNotContain(own);
    assertThatThrownBy(() -> Architectures.named("registered"))
        .hasMessageContaining(", efficientnet_v2_s, registered_cnn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "taken_cnn"})
  void register_anotherNetworkOfTheName_isRefused(String name) {
    Architectures.register(new Renamed("taken_cnn"));
    Architecture other = new SeedCnn(new SeedCnn.Variant(name, List.of(8), List.of()));
    assertThatThrownBy(() -> Architectures.register(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is a model '%s' already: give yours another name", name);
  }

  @Test
  void register_aBlankName_isRefused() {
    assertThatThrownBy(() -> Architectures.register(new Renamed(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not blank");
  }

  /** One of the library's under another name. */
  private record Renamed(String name) implements Architecture {
    @Override
    public int inputSize() {
      return 64;
    }

    @Override
    public String paper() {
      return "none";
    }

    @Override
    public String logits() {
      return "fc";
    }

    @Override
    public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
      return Architectures.named("se_cnn").wire(graph, spec);
    }
  }

  /**
   * EfficientNet-B0 and ResNet-50 with 1000 classes: torchvision's documentation, which rounds the
   * multiply-additions to 0.39 and 4.09 billion. The other figures were counted by PyTorch, with a
   * hook on each convolution and linear layer of the same modules.
   */
  @Tag("reference")
  @ParameterizedTest
  @CsvSource({
    // name, parameters with 34 classes and with 1000, multiply-additions at 224 pixels and 1000
    "se_cnn, 2482990, 2731252, 611619328",
    "efficientnet_b0, 4051102, 5288548, 385814752",
    "resnet50, 23577698, 25557032, 4089184256",
  })
  void costs_equalPyTorchs(String name, long of34, long of1000, long macs) {
    Architecture architecture = Architectures.named(name);
    ComputationGraph graph = architecture.graph(new NetworkSpec(1000, 224), 1);
    assertThat(Parameters.trainable(graph)).isEqualTo(of1000);
    assertThat(Macs.total(graph, 224)).isEqualTo(macs);
    assertThat(Parameters.trainable(architecture.graph(new NetworkSpec(34, 64), 1)))
        .isEqualTo(of34);
  }

  @ParameterizedTest
  @MethodSource("all")
  void vertices_ofTheGraph_belongToOneStageEach(Architecture architecture) {
    NetworkSpec spec = new NetworkSpec(3, architecture.inputSize()).withDropout(0.2);
    Wiring wiring = architecture.wiring(spec);
    ComputationGraphConfiguration graph =
        architecture
            .configure(new NeuralNetConfiguration.Builder(), spec)
            .setOutputs(architecture.logits())
            .build();
    assertThat(wiring.stages().stream().flatMap(stage -> stage.vertices().stream()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(graph.getVertices().keySet());
    assertThat(wiring.stages()).extracting(Stage::name).doesNotHaveDuplicates();
    assertThat(wiring.logits()).isEqualTo(architecture.logits());
  }
}
