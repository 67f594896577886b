package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.layer.ChannelMeanMax2d;
import org.food4j.models.layer.ChannelRowSwap2d;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.GlobalMeanMax2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.LayerNorm2d;
import org.food4j.models.layer.Pooling;
import org.food4j.models.layer.PositionScaleVertex;
import org.food4j.models.layer.PositionSum2d;
import org.food4j.models.layer.SelfAttention2d;
import org.food4j.models.layer.StochasticDepth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;

/** What attention modules are made of, over maps whose height and width are odd and differ. */
class AttentionConvertersTest {
  private static final InputType IMAGE = ExportedGraph.image(9, 7, 4);

  static Layer[] layers() {
    return new Layer[] {
      new GlobalMeanMax2d(),
      new ChannelMeanMax2d(),
      new PositionSum2d(new ActivationIdentity()),
      new PositionSum2d(new ActivationSigmoid()),
      new LayerNorm2d.Builder(0.1).build()
    };
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layer_alone_agrees(Layer layer) {
    ExportedGraph.of(IMAGE, layer).assertSameOutput();
  }

  @Test
  void channelAndSpatialAttention_agree() {
    GraphBuilder builder =
        ExportedGraph.builder(IMAGE)
            .addLayer("in1", new Conv2d.Builder(4, 1, 1).build(), ExportedGraph.INPUT)
            .addLayer("both", new GlobalMeanMax2d(), "in1")
            .addLayer(
                "fc1", new Conv2d.Builder(2, 1, 1).activation(Activation.RELU).build(), "both")
            .addLayer("fc2", new Conv2d.Builder(4, 1, 1).build(), "fc1")
            .addLayer("factors", new PositionSum2d(new ActivationSigmoid()), "fc2")
            .addVertex("channels", new ChannelScaleVertex(), "in1", "factors")
            .addLayer("stacked", new ChannelMeanMax2d(), "channels")
            .addLayer(
                "spatial",
                new Conv2d.Builder(1, 7, 7)
                    .padding(3, 3)
                    .bias(false)
                    .activation(Activation.SIGMOID)
                    .build(),
                "stacked")
            .addVertex("attended", new PositionScaleVertex(), "channels", "spatial");

    ExportedGraph exported = ExportedGraph.of(IMAGE, builder, "attended");

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .doesNotContain("Transpose", "Reshape");
  }

  @Test
  void efficientChannelAttention_agrees() {
    GraphBuilder builder =
        ExportedGraph.builder(IMAGE)
            .addLayer("maps", new Conv2d.Builder(12, 1, 1).build(), ExportedGraph.INPUT)
            .addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, false), "maps")
            .addLayer("column", new ChannelRowSwap2d(), "mean")
            .addLayer(
                "along",
                new Conv2d.Builder(1, 5, 1)
                    .padding(2, 0)
                    .bias(false)
                    .activation(Activation.SIGMOID)
                    .build(),
                "column")
            .addLayer("factors", new ChannelRowSwap2d(), "along")
            .addVertex("scale", new ChannelScaleVertex(), "maps", "factors");

    ExportedGraph.of(IMAGE, builder, "scale").assertSameOutput();
  }

  @Test
  void stochasticDepth_isLeftOut() {
    GraphBuilder builder =
        ExportedGraph.builder(IMAGE)
            .addLayer("maps", new Conv2d.Builder(4, 1, 1).build(), ExportedGraph.INPUT)
            .addLayer("depth", new DropoutLayer(new StochasticDepth(0.5)), "maps")
            .addLayer("last", new Conv2d.Builder(4, 1, 1).build(), "depth");

    ExportedGraph exported = ExportedGraph.of(IMAGE, builder, "last");

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Conv", "Conv");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void selfAttention_agrees(int heads) {
    GraphBuilder builder =
        ExportedGraph.builder(IMAGE)
            .addLayer("norm", new LayerNorm2d.Builder(1e-5).build(), ExportedGraph.INPUT)
            .addLayer("qkv", new Conv2d.Builder(24, 1, 1).build(), "norm")
            .addLayer("attention", new SelfAttention2d(heads), "qkv")
            .addLayer("proj", new Conv2d.Builder(5, 1, 1).build(), "attention");

    ExportedGraph.of(IMAGE, builder, "proj").assertSameOutput();
  }
}
