package org.food4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.analysis.Macs;
import org.food4j.models.analysis.Parameters;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;
import org.food4j.models.verify.LogitsCheck;
import org.food4j.models.weights.ImportReport;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.WeightImport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What holds for every network of the list. */
class ArchitecturesTest {
  private static final Set<String> SMALL =
      Set.of("se_cnn", "resnet18", "mobilenet_v3_small", "efficientnet_b0");

  @TempDir Path folder;

  static Stream<Architecture> all() {
    return Architectures.all().stream();
  }

  /** The smaller networks: one of each family at least. */
  static Stream<Architecture> small() {
    return all().filter(a -> SMALL.contains(a.name()));
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

  @Tag("reference")
  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "efficientnet_b0", "resnet50"})
  void tensorsAndLogits_ofFormulaWeights_equalPyTorchs(String name) throws IOException {
    Architecture architecture = Architectures.named(name);
    FormulaWeights fixture = FormulaWeights.of(architecture.name());
    Path weights = folder.resolve("weights.safetensors");
    fixture.write(weights);
    ComputationGraph graph = architecture.graph(new NetworkSpec(fixture.classes(), 64), 1);
    ImportReport report = new WeightImport(false).load(Safetensors.open(weights), graph);
    assertThat(report.matched()).containsExactlyInAnyOrderElementsOf(fixture.tensors().keySet());
    assertThat(report.reshaped()).isEmpty();
    assertThat(fixture.cases()).extracting(FormulaWeights.Case::size).containsExactly(64, 71);
    for (FormulaWeights.Case each : fixture.cases()) {
      each.write(folder);
      LogitsCheck check =
          LogitsCheck.run(
              architecture, weights, folder.resolve("input.npy"), folder.resolve("logits.npy"));
      assertThat(check.spread()).isCloseTo(each.spread(), offset(1e-5 * each.spread()));
      assertThat(check.relative()).as("%d pixels", each.size()).isLessThan(1e-4);
    }
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

  @ParameterizedTest
  @MethodSource("small")
  void graph_ofItsJsonAndParameters_computesTheSame(Architecture architecture) {
    ComputationGraph graph = architecture.graph(new NetworkSpec(5, 64), 3);
    INDArray photos = Nd4j.rand(DataType.FLOAT, 2, 3, 64, 64);
    INDArray expected = graph.outputSingle(photos).dup();
    assertThat(expected.shape()).containsExactly(2, 5);
    ComputationGraph read =
        new ComputationGraph(
            ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson()));
    read.init(graph.params(), true);
    assertThat(read.outputSingle(photos)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("small")
  void parameters_ofATrainingStep_allGetAGradient(Architecture architecture) {
    NetworkSpec spec = new NetworkSpec(3, 64).withDropout(0.2);
    LossLayer loss =
        new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
    ComputationGraph graph =
        new ComputationGraph(
            architecture
                .configure(new NeuralNetConfiguration.Builder().seed(1).updater(new NoOp()), spec)
                .addLayer("loss", loss, architecture.logits())
                .setOutputs("loss")
                .build());
    graph.init();
    Nd4j.getRandom().setSeed(2);
    graph.setInputs(Nd4j.randn(DataType.FLOAT, 3, 3, 64, 64));
    graph.setLabels(Nd4j.eye(3).castTo(DataType.FLOAT));
    graph.computeGradientAndScore();
    assertThat(graph.score()).isFinite();
    assertThat(graph.gradient().gradientForVariable())
        .hasSameSizeAs(graph.paramTable())
        .allSatisfy(
            (name, gradient) -> {
              double size = gradient.ameanNumber().doubleValue();
              if (name.endsWith("_mean") || name.endsWith("_var")) {
                assertThat(size).as(name).isZero(); // the layer moves them itself
              } else {
                assertThat(size).as(name).isFinite().isPositive();
              }
            });
  }
}
