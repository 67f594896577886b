package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.Agreement.assertClose;

import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Graphs of our layers, channels last, and DL4J's own, against DL4J's own alone, channels first.
 */
class MixedLayersTest {
  private static final int BATCH = 2;
  private static final int FILTERS = 4;

  /** Which layers of a chain are ours. */
  private enum Kind {
    OURS,
    STOCK
  }

  /** A chain of named layers, each of which exists in both kinds or in DL4J's alone. */
  @FunctionalInterface
  private interface Chain {
    Stream<Link> links(Kind kind);
  }

  private record Link(String name, Layer layer) {}

  static Stream<Arguments> chains() {
    return Stream.of(
            chain(
                "ours after a stock convolution",
                kind -> Stream.of(stock("a"), conv(kind, "b"), conv(kind, "c"))),
            chain(
                "ours around a stock convolution",
                kind -> Stream.of(conv(kind, "a"), stock("b"), conv(kind, "c"))),
            chain(
                "a stock convolution after ours",
                kind -> Stream.of(conv(kind, "a"), conv(kind, "b"), stock("c"))),
            chain(
                "ours around stock pooling",
                kind -> Stream.of(conv(kind, "a"), pool(), conv(kind, "c"))),
            chain("stock pooling after ours", kind -> Stream.of(conv(kind, "a"), pool())),
            chain(
                "ours around a stock function",
                kind -> Stream.of(conv(kind, "a"), function(), conv(kind, "c"))),
            chain(
                "ours around dropout",
                kind -> Stream.of(conv(kind, "a"), dropout(), conv(kind, "c"))))
        .flatMap(
            chain ->
                Stream.of(DataType.DOUBLE, DataType.FLOAT)
                    .map(type -> Arguments.of(chain.get()[0], chain.get()[1], type)));
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("chains")
  void mixedGraph_withAStockGraphsParameters_agrees(String name, Chain chain, DataType type) {
    ComputationGraph mixed = graph(chain, Kind.OURS).make(type);
    ComputationGraph stock = graph(chain, Kind.STOCK).make(DataType.DOUBLE);
    SmallGraph.randomise(mixed);
    Map<String, INDArray> given = mixed.paramTable();
    assertThat(given.keySet()).isEqualTo(stock.paramTable().keySet());
    long flattened = given.get("out_W").size(0);
    given.forEach(
        (key, values) ->
            stock.setParam(key, key.equals("out_W") ? channelsFirst(values, flattened) : values));

    INDArray photos = graph(chain, Kind.OURS).photos(type, 1, BATCH);
    INDArray doubles = photos.castTo(DataType.DOUBLE);
    assertClose("output", mixed.outputSingle(photos), stock.outputSingle(doubles));

    SmallGraph.computeGradients(mixed, graph(chain, Kind.OURS).data(type, 1, BATCH));
    SmallGraph.computeGradients(stock, graph(chain, Kind.STOCK).data(DataType.DOUBLE, 1, BATCH));
    Map<String, INDArray> expected = stock.gradient().gradientForVariable();
    mixed
        .gradient()
        .gradientForVariable()
        .forEach(
            (key, values) ->
                assertClose(
                    "gradient of " + key,
                    key.equals("out_W") ? channelsFirst(values, flattened) : values,
                    expected.get(key)));
  }

  @Test
  void photosOfAnotherType_areComputedInTheGraphs() {
    SmallGraph graph = SmallGraph.of(5, 6, 3, MixedLayersTest::oneOfOurs);
    ComputationGraph made = graph.make(DataType.FLOAT);
    assertSameFor(
        made, graph.photos(DataType.FLOAT, 1, BATCH), graph.photos(DataType.DOUBLE, 1, BATCH));
  }

  @Test
  void photosThatAreAView_areReadByTheirStrides() {
    SmallGraph graph = SmallGraph.of(5, 6, 3, MixedLayersTest::oneOfOurs);
    INDArray photos = graph.photos(DataType.FLOAT, 1, BATCH);
    INDArray view = photos.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2);
    assertSameFor(graph.make(DataType.FLOAT), photos, view);
  }

  @Test
  void photosWithChannelsLast_areReadByTheirStrides() {
    SmallGraph graph =
        new SmallGraph(
            (InputType.InputTypeConvolutional) InputType.convolutional(5, 6, 3, CNN2DFormat.NHWC),
            MixedLayersTest::oneOfOurs);
    INDArray view = graph.photos(DataType.FLOAT, 1, BATCH).permute(0, 2, 3, 1);
    assertSameFor(graph.make(DataType.FLOAT), view.dup('c'), view);
  }

  private static String oneOfOurs(GraphBuilder builder, String in) {
    builder.addLayer("a", convolution().build(), in);
    return "a";
  }

  private static void assertSameFor(ComputationGraph graph, INDArray photos, INDArray others) {
    SmallGraph.randomise(graph);
    INDArray labels = SmallGraph.labels(DataType.FLOAT, BATCH);
    SmallGraph.computeGradients(graph, new DataSet(photos, labels));
    INDArray gradient = graph.gradient().gradient().dup();
    SmallGraph.computeGradients(graph, new DataSet(others, labels));
    assertThat(graph.gradient().gradient()).isEqualTo(gradient);
    assertThat(graph.outputSingle(others)).isEqualTo(graph.outputSingle(photos));
  }

  private static Arguments chain(String name, Chain chain) {
    return Arguments.of(name, chain);
  }

  private static SmallGraph graph(Chain chain, Kind kind) {
    return SmallGraph.of(8, 6, 3, (builder, in) -> wire(builder, in, chain.links(kind)));
  }

  private static String wire(GraphBuilder builder, String in, Stream<Link> links) {
    String last = in;
    for (Link link : links.toList()) {
      builder.addLayer(link.name(), link.layer(), last);
      last = link.name();
    }
    return last;
  }

  private static Link conv(Kind kind, String name) {
    return kind == Kind.STOCK ? stock(name) : new Link(name, convolution().build());
  }

  private static Conv2d.Builder convolution() {
    return new Conv2d.Builder(FILTERS, 3, 3).padding(1, 1).activation(Activation.TANH);
  }

  private static Link stock(String name) {
    return new Link(
        name,
        new ConvolutionLayer.Builder(3, 3)
            .nOut(FILTERS)
            .convolutionMode(ConvolutionMode.Same)
            .activation(Activation.TANH)
            .build());
  }

  private static Link pool() {
    return new Link(
        "pool",
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(2, 2)
            .stride(2, 2)
            .build());
  }

  private static Link function() {
    return new Link("function", new ActivationLayer(Activation.SOFTSIGN));
  }

  /** That keeps everything: which values another would drop depends on their order. */
  private static Link dropout() {
    return new Link("dropout", new DropoutLayer(1.0));
  }

  /** The output layer's weights for maps that are flattened channels first. */
  private static INDArray channelsFirst(INDArray weights, long flattened) {
    long width = flattened == 8 * 6 * FILTERS ? 6 : 3;
    return weights
        .reshape('c', flattened / FILTERS / width, width, FILTERS, SmallGraph.CLASSES)
        .permute(2, 0, 1, 3)
        .dup('c')
        .reshape('c', flattened, SmallGraph.CLASSES);
  }
}
