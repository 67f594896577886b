package org.food4j.models.explain.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Attention;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.HeatMap;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Pooling;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GradCamTest {
  private static final String LAST = "stages.3.add";

  private FormulaNetwork network;
  private GradCam cam;

  @BeforeAll
  void load(@TempDir Path folder) throws IOException {
    network = FormulaNetwork.make("se_cnn", folder);
    cam = new GradCam(network.graph(), network.size());
  }

  @Test
  void map_beforeGlobalAverageAndLinearLayer_isTheClosedForm() {
    // behind the mean over n places the gradient of a logit is its weights, divided by n
    INDArray maps = network.graph().feedForward(network.photo(1), false).get(LAST);
    INDArray weights = network.graph().getLayer("fc").getParam("W").getColumn(6);
    int places = (int) (maps.size(1) * maps.size(2));
    double[] expected =
        Nd4j.gemm(maps.dup('c').reshape('c', places, 256), weights.reshape(256, 1), false, false)
            .div(places)
            .toDoubleVector();
    double[] amounts = cam.amounts(network.photo(1), LAST, 6, ChannelWeighting.GRAD_CAM);
    for (int i = 0; i < places; i++) {
      assertThat(amounts[i]).isCloseTo(Math.max(0, expected[i]), within(1e-6));
    }
  }

  @Test
  void map_ofAnyStage_changesNoParameterAndNoAnswer() {
    INDArray before = network.graph().params().dup();
    INDArray logits = network.graph().outputSingle(false, network.photo(0)).dup();
    cam.map(network.photo(0), "stem.0", 1, ChannelWeighting.GRAD_CAM);
    assertThat(network.graph().params()).isEqualTo(before);
    assertThat(network.graph().outputSingle(false, network.photo(0))).isEqualTo(logits);
  }

  @Test
  void map_askedAgain_isTheSame() {
    HeatMap first = cam.map(network.photo(1), "stages.1", 6, ChannelWeighting.GRAD_CAM);
    cam.map(network.photo(0), "stages.2", 1, ChannelWeighting.GRAD_CAM_PLUS_PLUS);
    HeatMap second = cam.map(network.photo(1), "stages.1", 6, ChannelWeighting.GRAD_CAM);
    assertThat(second.values()).containsExactly(first.values());
    assertThat(first.values()).contains(1f);
  }

  @Test
  void map_ofATrainedGraph_looksThroughLossDropoutAndFrozenLayers() {
    Architecture architecture = Architectures.named("se_cnn");
    ComputationGraph training =
        new ComputationGraph(
            architecture
                .configure(
                    new NeuralNetConfiguration.Builder(), new NetworkSpec(7, 71).withDropout(0.5))
                .addLayer(
                    "loss",
                    new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.IDENTITY)
                        .build(),
                    architecture.logits())
                .setOutputs("loss")
                .build());
    training.init();
    training.setParams(network.graph().params());
    training.getVertex("stages.3.conv1").setLayerAsFrozen();
    HeatMap map =
        new GradCam(training, 71).map(network.photo(1), "stages.1", 6, ChannelWeighting.GRAD_CAM);
    HeatMap expected = cam.map(network.photo(1), "stages.1", 6, ChannelWeighting.GRAD_CAM);
    assertThat(map.values()).containsExactly(expected.values(), within(1e-4f));
  }

  @Test
  void vertex_ofAStage_isItsOutput() {
    assertThat(cam.vertex(Optional.empty())).isEqualTo(LAST);
    assertThat(cam.vertex(Optional.of("stages.1"))).isEqualTo("stages.1.add");
    assertThat(cam.vertex(Optional.of("stages.1.conv1"))).isEqualTo("stages.1.conv1");
    assertThat(cam.vertex(Optional.of("stem"))).isEqualTo("stem.0");
    assertThatThrownBy(() -> cam.vertex(Optional.of("stages.9")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"stages.9\"")
        .hasMessageContaining("stages.3");
  }

  /** At 32 pixels the last stage's maps have one place, and the gates' rows of channels more. */
  @ParameterizedTest
  @EnumSource(
      value = Attention.class,
      names = {"SE", "ECA", "CBAM"})
  void vertex_ofASmallInput_isNoPartOfAGate(Attention attention) {
    NetworkSpec spec = new NetworkSpec(5, 32).toBuilder().attention(attention).build();
    GradCam small = new GradCam(Architectures.named("se_cnn").graph(spec, 1), 32);
    assertThat(small.vertex(Optional.empty())).isEqualTo("stages.2.add");
    assertThat(
            small
                .map(Nd4j.rand(1, 3, 32, 32), "stages.2.add", 2, ChannelWeighting.GRAD_CAM)
                .values())
        .hasSize(4);
  }

  @Test
  void map_ofWhatTheGraphHasNot_isRefused() {
    INDArray photo = network.photo(0);
    assertThatThrownBy(() -> cam.map(photo, LAST, 7, ChannelWeighting.GRAD_CAM))
        .hasMessageContaining("from 0 to 6, not 7");
    assertThatThrownBy(() -> cam.map(network.photos(), LAST, 0, ChannelWeighting.GRAD_CAM))
        .hasMessageContaining("[1, 3, 71, 71]")
        .hasMessageContaining("[2, 3, 71, 71]");
    assertThatThrownBy(() -> cam.map(photo, "fc", 0, ChannelWeighting.GRAD_CAM))
        .hasMessageContaining("\"fc\"");
  }

  @Test
  void graph_withDl4jsBatchNormalization_isRefusedByName() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(32, 32, 3))
                .addLayer("conv", new Conv2d.Builder(4, 3, 3).build(), "in")
                .addLayer("pool", new GlobalPool2d(Pooling.AVERAGE, true), "conv")
                .addLayer("norm", new BatchNormalization(), "pool")
                .addLayer(
                    "fc",
                    new DenseLayer.Builder().nOut(2).activation(Activation.IDENTITY).build(),
                    "norm")
                .setOutputs("fc")
                .build());
    graph.init();
    assertThatThrownBy(() -> new GradCam(graph, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"norm\" is a BatchNormalization");
  }
}
