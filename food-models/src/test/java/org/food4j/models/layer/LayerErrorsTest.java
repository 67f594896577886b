package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;

/** What a graph that cannot be is told, before anything is computed. */
class LayerErrorsTest {
  private static final Normalization NORMALIZATION = new Normalization(1e-5, 0.1, null);

  static Layer[] layersOverMaps() {
    return new Layer[] {
      new Conv2d.Builder(4, 1, 1).build(),
      new BatchNorm2d.Builder(NORMALIZATION).build(),
      new Pool2d(Pooling.MAX, 2, 2, 0),
      new GlobalPool2d(Pooling.AVERAGE, true),
      new Flatten2d(),
      new GlobalMeanMax2d(),
      new LayerNorm2d.Builder(1e-5).build(),
      new SelfAttention2d(1),
      new ChannelRowSwap2d(),
      new ChannelMeanMax2d(),
      new PositionSum2d(new ActivationIdentity())
    };
  }

  @ParameterizedTest
  @MethodSource("layersOverMaps")
  void layer_afterADenseLayer_isRefusedByName(Layer layer) {
    assertThatThrownBy(
            () ->
                make(
                    (graph, in) -> {
                      graph.addLayer("dense", new DenseLayer.Builder().nOut(5).build(), in);
                      graph.addLayer("after", layer, "dense");
                      return "after";
                    }))
        .hasStackTraceContaining("\"after\" takes feature maps, not InputTypeFeedForward(5)");
  }

  @Test
  void kernel_largerThanThePaddedMaps_isRefused() {
    assertRefused(
        new Conv2d.Builder(4, 9, 3).padding(1, 0).build(),
        "Layer \"layer\": a kernel of [9, 3] does not fit into padded maps of 7 x 6");
    assertRefused(
        new Conv2d.Builder(4, 3, 3).dilation(1, 3).build(),
        "Layer \"layer\": a kernel of [3, 3] does not fit into padded maps of 5 x 6");
    assertRefused(
        new Pool2d(Pooling.MAX, 8, 1, 1),
        "Layer \"layer\": a window of 8 does not fit into padded maps of 7 x 8");
  }

  @Test
  void channelRowSwap_ofWholeMaps_isRefused() {
    assertRefused(new ChannelRowSwap2d(), "Layer \"layer\" takes maps of one place, or one column");
  }

  @Test
  void selfAttention_ofChannelsThatDoNotDivide_isRefused() {
    assertRefused(
        new SelfAttention2d(2),
        "takes queries, keys and values of 2 heads beside each other; 3 channels do not divide by 6");
  }

  @Test
  void groups_thatDoNotDivide_areRefused() {
    assertRefused(
        new Conv2d.Builder(4, 1, 1).groups(2).build(),
        "Layer \"layer\": 2 groups do not divide 3 channels and 4 filters evenly");
    assertRefused(
        new Conv2d.Builder(4, 1, 1).groups(3).build(),
        "Layer \"layer\": 3 groups do not divide 3 channels and 4 filters evenly");
  }

  @Test
  void addition_ofOtherShapes_isRefused() {
    assertThatThrownBy(
            () ->
                make(
                    (graph, in) -> {
                      graph.addLayer("a", new Conv2d.Builder(4, 1, 1).build(), in);
                      graph.addLayer("b", new Conv2d.Builder(5, 1, 1).build(), in);
                      graph.addVertex(
                          "sum", new AdditionVertex(new ActivationIdentity()), "a", "b");
                      return "sum";
                    }))
        .isInstanceOf(InvalidInputTypeException.class)
        .hasMessageContaining("two feature maps of one shape")
        .hasMessageContaining("c=5");
  }

  @Test
  void addition_ofMapsInTwoLayouts_isRefused() {
    assertThatThrownBy(
            () ->
                make(
                    (graph, in) -> {
                      graph.addLayer("a", new Conv2d.Builder(3, 1, 1).build(), in);
                      graph.addVertex("sum", new AdditionVertex(new ActivationIdentity()), "a", in);
                      return "sum";
                    }))
        .isInstanceOf(InvalidInputTypeException.class)
        .hasMessageContaining("two feature maps of one shape")
        .hasMessageContaining("NCHW");
  }

  @Test
  void vertices_withOneInput_areRefused() {
    InputType maps = MapTypes.channelsLast(5, 6, 3);
    assertThatThrownBy(() -> new ChannelScaleVertex().getOutputType(0, maps))
        .isInstanceOf(InvalidInputTypeException.class);
    assertThatThrownBy(
            () -> new AdditionVertex(new ActivationIdentity()).getOutputType(0, maps, maps, maps))
        .isInstanceOf(InvalidInputTypeException.class);
  }

  @Test
  void positionScale_byOtherThanOneFactorPerPosition_isRefused() {
    InputType maps = MapTypes.channelsLast(5, 6, 3);
    for (InputType factors :
        new InputType[] {
          MapTypes.channelsLast(5, 6, 3), MapTypes.channelsLast(1, 1, 1), InputType.feedForward(30)
        }) {
      assertThatThrownBy(() -> new PositionScaleVertex().getOutputType(0, maps, factors))
          .isInstanceOf(InvalidInputTypeException.class)
          .hasMessageContaining("one factor per position");
    }
  }

  @Test
  void settings_outsideTheirRange_areRefused() {
    assertBad(() -> new Conv2d.Builder(4, 0, 3), "Kernel is at least 1, not 0, 3");
    assertBad(() -> new Conv2d.Builder(4, 3, 3).stride(1, 0), "Stride is at least 1, not 1, 0");
    assertBad(() -> new Conv2d.Builder(4, 3, 3).dilation(0, 1), "Dilation is at least 1");
    assertBad(() -> new Conv2d.Builder(4, 3, 3).groups(0), "Groups is at least 1");
    assertBad(() -> new Conv2d.Builder(4, 3, 3).padding(0, -1), "Padding is at least 0");
    assertBad(() -> new Pool2d(Pooling.MAX, 2, 1, 2), "padding at least 0 and below the kernel");
    assertBad(() -> Pool2d.same(Pooling.MAX, 2, 0), "Kernel and stride are at least 1");
    assertBad(() -> new StochasticDepth(1), "at least 0 and below 1, not 1.0");
    assertBad(() -> new StochasticDepth(-0.1), "at least 0 and below 1, not -0.1");
    assertBad(() -> new SelfAttention2d(0), "at least 1 head, not 0");
    assertBad(() -> new LayerNorm2d.Builder(0), "Eps is above 0, not 0.0");
    assertBad(
        () -> new LayerNorm2d.Builder(1).activation(Activation.RELU).build(),
        "applies no function, but was given relu");
    assertBad(() -> new Normalization(0, 0.1, null), "Eps is above 0");
    assertBad(() -> new Normalization(1e-5, 1.1, null), "momentum lies above 0 and up to 1");
  }

  private static void assertBad(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static void assertRefused(Layer layer, String message) {
    assertThatThrownBy(
            () ->
                make(
                    (graph, in) -> {
                      graph.addLayer("layer", layer, in);
                      return "layer";
                    }))
        .hasStackTraceContaining(message);
  }

  private static void make(SmallGraph.Body body) {
    SmallGraph.of(5, 6, 3, (GraphBuilder graph, String in) -> body.wire(graph, in))
        .make(DataType.FLOAT);
  }
}
