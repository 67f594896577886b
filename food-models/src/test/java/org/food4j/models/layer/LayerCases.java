package org.food4j.models.layer;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.layer.SmallGraph.Body;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;

/** Every layer with the options that change what it computes, each behind a layer with weights. */
final class LayerCases {
  private static final Normalization NORMALIZATION = new Normalization(1e-3, 0.1, null);

  private static final Normalization FROZEN = NORMALIZATION.withFrozenStatistics();

  private LayerCases() {}

  /** A graph and how many photos it is given. */
  record LayerCase(String name, int batch, SmallGraph graph) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<LayerCase> all() {
    return Stream.of(convolutions(), fused(), others(), blocks()).flatMap(s -> s).toList();
  }

  private static Stream<LayerCase> convolutions() {
    return Stream.of(
        convolution("plain", 5, 6, c -> c.bias(false)),
        convolution("with bias", 5, 6, c -> c),
        convolution("with bias and swish", 5, 6, c -> c.activation(Activation.SWISH)),
        convolution("with hard sigmoid", 5, 6, c -> c.activation(new HardSigmoid())),
        convolution("grouped", 5, 6, c -> c.groups(2)),
        convolution("depthwise", 5, 6, c -> c.groups(4)),
        convolution("stride 2", 7, 6, c -> c.stride(2, 2)),
        convolution("stride 2 and 1, padded", 7, 6, c -> c.stride(2, 1).padding(1, 0)),
        convolution("dilated", 7, 8, c -> c.dilation(2, 3).padding(1, 1)),
        convolution("same, odd", 7, 5, c -> c.samePadding().stride(2, 2)),
        convolution("same, even", 6, 8, c -> c.samePadding().stride(2, 2)),
        convolution("same, dilated", 6, 7, c -> c.samePadding().dilation(2, 2)));
  }

  private static Stream<LayerCase> fused() {
    return Stream.of(
        normalised("identity", 3, c -> c),
        normalised("relu", 3, c -> c.activation(Activation.RELU)),
        normalised("swish", 3, c -> c.activation(Activation.SWISH)),
        normalised("hard swish", 2, c -> c.activation(new HardSwish())),
        normalised("hard sigmoid", 2, c -> c.activation(new HardSigmoid())),
        normalised("softplus", 2, c -> c.activation(Activation.SOFTPLUS)),
        normalised("relu, biased", 2, c -> c.bias(true).activation(Activation.RELU)),
        normalised("swish, one photo", 1, c -> c.activation(Activation.SWISH)),
        normalised("frozen", 2, c -> c.normalization(FROZEN)),
        normalised("frozen, relu", 2, c -> c.normalization(FROZEN).activation(Activation.RELU)),
        normalised("frozen, swish", 2, c -> c.normalization(FROZEN).activation(Activation.SWISH)),
        normalised("relu, depthwise", 2, c -> c.groups(4).activation(Activation.RELU)));
  }

  private static Stream<LayerCase> others() {
    return Stream.of(
        batchNorm(new ActivationIdentity()),
        batchNorm(new ActivationReLU()),
        batchNorm(new ActivationSwish()),
        batchNorm(new HardSigmoid()),
        layer(
            "batch normalisation, frozen, relu",
            1,
            5,
            3,
            new BatchNorm2d.Builder(FROZEN).activation(Activation.RELU).build()),
        layer("maximum", 2, 7, 8, new Pool2d(Pooling.MAX, 3, 2, 1)),
        layer("maximum, one photo", 1, 6, 5, new Pool2d(Pooling.MAX, 2, 2, 0)),
        layer("maximum, odd", 2, 7, 5, new Pool2d(Pooling.MAX, 2, 2, 0)),
        layer("maximum, same", 2, 8, 7, Pool2d.same(Pooling.MAX, 3, 2)),
        layer("mean, same", 2, 7, 8, Pool2d.same(Pooling.AVERAGE, 2, 2)),
        layer("flattened", 2, 5, 4, new Flatten2d()),
        layer("flattened, one place", 3, 1, 1, new Flatten2d()),
        layer("mean", 2, 7, 8, new Pool2d(Pooling.AVERAGE, 3, 2, 1)),
        layer("mean and maximum over positions", 2, 5, 4, new GlobalMeanMax2d()),
        layer("mean and maximum over channels", 2, 5, 4, new ChannelMeanMax2d()),
        layer("sum", 2, 5, 4, new PositionSum2d(new ActivationIdentity())),
        layer("sum, sigmoid", 1, 2, 1, new PositionSum2d(new ActivationSigmoid())),
        layer("layer normalisation", 2, 5, 3, new LayerNorm2d.Builder(1e-3).build()),
        layer("layer normalisation, one place", 1, 1, 1, new LayerNorm2d.Builder(0.1).build()),
        layer("global mean", 2, 5, 4, new GlobalPool2d(Pooling.AVERAGE, true)),
        layer("global mean as maps", 2, 5, 4, new GlobalPool2d(Pooling.AVERAGE, false)),
        layer("global maximum", 2, 5, 4, new GlobalPool2d(Pooling.MAX, true)),
        layer("tanh", 2, 5, 3, new FunctionLayer(Activation.TANH.getActivationFunction())),
        layer("hard sigmoid", 2, 5, 3, new FunctionLayer(new HardSigmoid())));
  }

  private static Stream<LayerCase> blocks() {
    return Stream.of(
        block("factors as vectors", 2, LayerCases::scaledByVectors),
        block("factors as maps", 2, LayerCases::scaledByMaps),
        block("factors for one photo", 1, LayerCases::scaledByMaps),
        block("channel and spatial attention", 2, LayerCases::cbam),
        block("efficient channel attention", 2, LayerCases::eca),
        block("self-attention", 2, (g, in) -> selfAttention(g, in, 2)),
        block("self-attention, one head, one photo", 1, (g, in) -> selfAttention(g, in, 1)),
        block("shortcut, identity", 2, (g, in) -> shortcut(g, in, Activation.IDENTITY)),
        block("shortcut, relu", 2, (g, in) -> shortcut(g, in, Activation.RELU)),
        block("shortcut, swish", 1, (g, in) -> shortcut(g, in, Activation.SWISH)));
  }

  private static LayerCase convolution(
      String name, int height, int width, UnaryOperator<Conv2d.Builder> options) {
    Conv2d layer = options.apply(new Conv2d.Builder(4, 3, 3)).build();
    return layer("convolution " + name, 2, height, width, layer);
  }

  private static LayerCase normalised(
      String name, int batch, UnaryOperator<Conv2d.Builder> options) {
    Conv2d.Builder normalised =
        new Conv2d.Builder(4, 3, 3).padding(1, 1).bias(false).normalization(NORMALIZATION);
    return layer("convolution normalised, " + name, batch, 5, 3, options.apply(normalised).build());
  }

  private static LayerCase batchNorm(IActivation function) {
    BatchNorm2d layer = new BatchNorm2d.Builder(NORMALIZATION).activation(function).build();
    return layer("batch normalisation, " + function, 2, 5, 3, layer);
  }

  private static LayerCase layer(String name, int batch, int height, int width, Layer layer) {
    Body body =
        (graph, in) -> {
          graph.addLayer("layer", layer.clone(), in);
          return "layer";
        };
    return new LayerCase(name, batch, SmallGraph.of(height, width, 2, behindStem(body)));
  }

  private static LayerCase block(String name, int batch, Body body) {
    return new LayerCase(name, batch, SmallGraph.of(5, 4, 2, behindStem(body)));
  }

  private static Body behindStem(Body body) {
    return (graph, in) -> {
      graph.addLayer("stem", new Conv2d.Builder(4, 1, 1).build(), in);
      return body.wire(graph, "stem");
    };
  }

  private static String scaledByVectors(GraphBuilder graph, String in) {
    graph.addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, true), in);
    graph.addLayer(
        "factors", new DenseLayer.Builder().nOut(4).activation(Activation.SIGMOID).build(), "mean");
    graph.addVertex("scale", new ChannelScaleVertex(), in, "factors");
    return "scale";
  }

  private static String scaledByMaps(GraphBuilder graph, String in) {
    graph.addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, false), in);
    graph.addLayer(
        "factors", new Conv2d.Builder(4, 1, 1).activation(Activation.SIGMOID).build(), "mean");
    graph.addVertex("scale", new ChannelScaleVertex(), in, "factors");
    return "scale";
  }

  /** The module of Woo et al. 2018. */
  private static String cbam(GraphBuilder graph, String in) {
    graph
        .addLayer("both", new GlobalMeanMax2d(), in)
        .addLayer("fc1", new Conv2d.Builder(3, 1, 1).activation(Activation.TANH).build(), "both")
        .addLayer("fc2", new Conv2d.Builder(4, 1, 1).build(), "fc1")
        .addLayer("factors", new PositionSum2d(new ActivationSigmoid()), "fc2")
        .addVertex("channels", new ChannelScaleVertex(), in, "factors")
        .addLayer("stacked", new ChannelMeanMax2d(), "channels")
        .addLayer(
            "spatial",
            new Conv2d.Builder(1, 7, 7)
                .padding(3, 3)
                .bias(false)
                .activation(Activation.SIGMOID)
                .build(),
            "stacked")
        .addVertex("positions", new PositionScaleVertex(), "channels", "spatial");
    return "positions";
  }

  /** The module of Wang et al. 2020. */
  private static String eca(GraphBuilder graph, String in) {
    graph
        .addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, false), in)
        .addLayer("column", new ChannelRowSwap2d(), "mean")
        .addLayer(
            "along",
            new Conv2d.Builder(1, 3, 1)
                .padding(1, 0)
                .bias(false)
                .activation(Activation.SIGMOID)
                .build(),
            "column")
        .addLayer("factors", new ChannelRowSwap2d(), "along")
        .addVertex("scale", new ChannelScaleVertex(), in, "factors");
    return "scale";
  }

  /** With layer normalisation before it and the way around it. */
  private static String selfAttention(GraphBuilder graph, String in, int heads) {
    graph
        .addLayer("norm", new LayerNorm2d.Builder(1e-5).build(), in)
        .addLayer("qkv", new Conv2d.Builder(12, 1, 1).build(), "norm")
        .addLayer("attention", new SelfAttention2d(heads), "qkv")
        .addLayer("proj", new Conv2d.Builder(4, 1, 1).build(), "attention")
        .addVertex("sum", new AdditionVertex(new ActivationIdentity()), "proj", in);
    return "sum";
  }

  /** Two convolutions and the way around them: the input goes to both. */
  private static String shortcut(GraphBuilder graph, String in, Activation function) {
    Conv2d.Builder first =
        new Conv2d.Builder(4, 3, 3)
            .samePadding()
            .normalization(NORMALIZATION)
            .activation(Activation.SWISH);
    graph.addLayer("first", first.build(), in);
    graph.addLayer(
        "second",
        new Conv2d.Builder(4, 1, 1).bias(false).normalization(NORMALIZATION).build(),
        "first");
    graph.addVertex("sum", new AdditionVertex(function.getActivationFunction()), "second", in);
    return "sum";
  }
}
