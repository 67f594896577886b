package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What DL4J does with a graph besides training it. */
class GraphProtocolsTest {
  private static final SmallGraph GRAPH = graphOf(GraphProtocolsTest::normalised);

  private static Conv2d normalised() {
    return new Conv2d.Builder(6, 3, 2)
        .normalization(new Normalization(1e-3, 0.1, null))
        .activation(Activation.TANH)
        .build();
  }

  private static SmallGraph graphOf(Supplier<Layer> first) {
    return SmallGraph.of(
        7,
        6,
        2,
        (graph, input) -> {
          graph.addLayer("first", first.get(), input); // DL4J writes its defaults into it
          graph.addLayer(
              "norm", new BatchNorm2d.Builder(new Normalization(1e-3, 0.1, null)).build(), "first");
          graph.addLayer("pool", new GlobalPool2d(Pooling.MAX, true), "norm");
          return "pool";
        });
  }

  @Test
  void transferLearning_withANewHead_keepsAllOtherParameters() {
    ComputationGraph graph = GRAPH.make(DataType.FLOAT);
    SmallGraph.randomise(graph);
    ComputationGraph changed =
        new TransferLearning.GraphBuilder(graph)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build())
            .nOutReplace("out", 5, WeightInit.XAVIER)
            .build();
    for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
      if (!parameter.getKey().startsWith("out_")) {
        assertThat(changed.getParam(parameter.getKey()))
            .as(parameter.getKey())
            .isEqualTo(parameter.getValue());
      }
    }
  }

  @Test
  void backward_afterAnInferencePass_isRefusedByName() {
    ComputationGraph graph =
        graphOf(() -> new FrozenLayerWithBackprop(normalised())).make(DataType.FLOAT);
    assertThatThrownBy(() -> graph.fit(GRAPH.data(DataType.FLOAT, 1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("first")
        .hasMessageContaining("FrozenLayer");
  }

  @Test
  void weightNoise_inheritedFromTheNetwork_isRefused() {
    NeuralNetConfiguration.Builder noisy =
        new NeuralNetConfiguration.Builder().weightNoise(new DropConnect(0.5));
    assertThatThrownBy(() -> GRAPH.make(noisy))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("first")
        .hasMessageContaining("weight noise");
  }

  @Test
  void mask_forFeatureMaps_isRefused() {
    ComputationGraph graph = GRAPH.make(DataType.FLOAT);
    for (String layer : new String[] {"first", "norm", "pool"}) {
      assertThatThrownBy(
              () ->
                  graph.getLayer(layer).feedForwardMaskArray(Nd4j.ones(2, 1), MaskState.Active, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(layer);
    }
  }

  @Test
  void photos_withOtherChannels_areRefusedWithTheExpectedShape() {
    ComputationGraph graph = GRAPH.make(DataType.FLOAT);
    assertThatThrownBy(() -> graph.output(Nd4j.rand(DataType.FLOAT, 1, 3, 7, 6)))
        .hasMessageContaining("first")
        .hasMessageContaining("[batch, height, width, 2]");
  }

  @Test
  void clipping_ofGradients_doesNotSlowRunningStatistics() {
    ComputationGraph free = GRAPH.make(DataType.FLOAT, new Sgd(0.1));
    ComputationGraph clipped =
        GRAPH.make(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new Sgd(0.1))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(1e-3));
    INDArray before = free.getParam("first_var").dup();
    free.fit(GRAPH.data(DataType.FLOAT, 1, 4));
    clipped.fit(GRAPH.data(DataType.FLOAT, 1, 4));
    assertThat(free.getParam("first_var")).isNotEqualTo(before);
    for (String statistic : new String[] {"first_mean", "first_var", "norm_mean", "norm_var"}) {
      assertThat(clipped.getParam(statistic)).as(statistic).isEqualTo(free.getParam(statistic));
    }
  }
}
