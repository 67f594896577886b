package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.layer.AdditionVertex;
import org.food4j.models.layer.BatchNorm2d;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Flatten2d;
import org.food4j.models.layer.FunctionLayer;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.Normalization;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.layer.Pooling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** This library's own layers, most of them over maps whose height and width are odd and differ. */
class MapConvertersTest {
  private static final InputType IMAGE = ExportedGraph.image(9, 7, 4);

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation, groups, height, width; padding -1: TensorFlow's
    "3, 1, 1, 1, 1, 7, 9",
    "3, 2, 1, 1, 1, 8, 11",
    "7, 2, 3, 1, 1, 15, 12",
    "1, 2, 0, 1, 1, 7, 8",
    "3, 1, 2, 2, 1, 9, 8",
    "3, 2, 1, 1, 2, 9, 7",
    "5, 1, 2, 1, 4, 7, 9",
    "3, 2, 1, 1, 4, 8, 7",
    "3, 1, 2, 2, 4, 8, 7",
    "3, 1, -1, 1, 1, 7, 9",
    "3, 2, -1, 1, 1, 7, 8",
    "5, 2, -1, 1, 4, 8, 11",
    "2, 2, -1, 1, 1, 7, 8",
    "1, 2, -1, 1, 1, 7, 6",
    "3, 2, -1, 2, 2, 7, 8",
  })
  void convolution_anyWindow_agrees(
      int kernel, int stride, int padding, int dilation, int groups, int height, int width) {
    Conv2d.Builder builder =
        new Conv2d.Builder(8, kernel, kernel)
            .stride(stride, stride)
            .dilation(dilation, dilation)
            .groups(groups);
    Conv2d layer =
        (padding < 0 ? builder.samePadding() : builder.padding(padding, padding)).build();

    ExportedGraph.of(ExportedGraph.image(height, width, 4), layer).assertSameOutput();
  }

  @Test
  void convolution_obliqueWindow_agrees() {
    Conv2d layer = new Conv2d.Builder(5, 3, 5).stride(2, 1).padding(0, 3).dilation(1, 2).build();

    ExportedGraph.of(IMAGE, layer).assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void convolution_withAndWithoutBiasAndNormalisation_agrees(boolean bias, boolean normalised) {
    for (IActivation function : functions().toList()) {
      Conv2d.Builder builder =
          new Conv2d.Builder(6, 3, 3).padding(1, 1).bias(bias).activation(function);
      if (normalised) {
        builder.normalization(new Normalization(1e-3, 0.1, null));
      }

      ExportedGraph.of(IMAGE, builder.build()).assertSameOutput();
    }
  }

  static Stream<IActivation> functions() {
    return Stream.of(
        Activation.IDENTITY.getActivationFunction(),
        Activation.RELU.getActivationFunction(),
        Activation.RELU6.getActivationFunction(),
        Activation.SWISH.getActivationFunction(),
        Activation.SIGMOID.getActivationFunction(),
        Activation.TANH.getActivationFunction(),
        new HardSigmoid(),
        new HardSwish());
  }

  @Test
  void convolution_fused_isWrittenAsThreeOperators() {
    Conv2d layer =
        new Conv2d.Builder(4, 3, 3)
            .bias(false)
            .normalization(new Normalization(1e-5, 0.1, "bn1"))
            .activation(Activation.RELU)
            .build();

    ExportedGraph exported = ExportedGraph.of(IMAGE, layer);

    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .containsExactly("layer", "layer/BatchNormalization", "layer/Relu");
    assertThat(exported.model().getGraph().getInitializerList())
        .extracting(weights -> weights.getName())
        .containsExactlyInAnyOrder(
            "layer/W", "layer/gamma", "layer/beta", "layer/mean", "layer/var");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void batchNorm_anyFunction_agrees(IActivation function) {
    BatchNorm2d layer =
        new BatchNorm2d.Builder(new Normalization(0.1, 0.1, null)).activation(function).build();

    ExportedGraph.of(IMAGE, layer).assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({
    // pooling, kernel, stride, padding, height, width; padding -1: TensorFlow's
    "MAX, 3, 2, 1, 9, 7",
    "MAX, 3, 2, 1, 8, 11",
    "MAX, 2, 2, 0, 9, 7",
    "MAX, 5, 1, 2, 7, 9",
    "MAX, 3, 2, -1, 8, 7",
    "MAX, 2, 2, -1, 9, 7",
    "AVERAGE, 3, 2, -1, 8, 7",
    "AVERAGE, 3, 2, 1, 9, 7",
    "AVERAGE, 3, 2, 1, 8, 11",
    "AVERAGE, 2, 2, 0, 9, 7",
    "AVERAGE, 5, 1, 2, 7, 9",
  })
  void pooling_anyWindow_agrees(
      Pooling pooling, int kernel, int stride, int padding, int height, int width) {
    Pool2d layer =
        padding < 0
            ? Pool2d.same(pooling, kernel, stride)
            : new Pool2d(pooling, kernel, stride, padding);

    ExportedGraph.of(ExportedGraph.image(height, width, 3), layer).assertSameOutput();
  }

  @Test
  void flatten_beforeALinearLayer_agreesInPyTorchsOrder() {
    GraphBuilder builder =
        ExportedGraph.builder(IMAGE)
            .addLayer("a", convolution(), ExportedGraph.INPUT)
            .addLayer("flat", new Flatten2d(), "a")
            .addLayer("linear", new DenseLayer.Builder().nOut(5).build(), "flat");

    ExportedGraph.of(IMAGE, builder, "linear").assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({"MAX, true", "MAX, false", "AVERAGE, true", "AVERAGE, false"})
  void globalPooling_flatAndNot_agrees(Pooling pooling, boolean flat) {
    ExportedGraph.of(IMAGE, new GlobalPool2d(pooling, flat)).assertSameOutput();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void function_ofMapsAndVectors_agrees(IActivation function) {
    ExportedGraph.of(IMAGE, new FunctionLayer(function)).assertSameOutput();
    ExportedGraph.of(InputType.feedForward(11), new FunctionLayer(function)).assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource(names = {"IDENTITY", "RELU", "SWISH"})
  void addition_anyFunction_agrees(Activation function) {
    GraphBuilder builder =
        maps().addVertex("sum", new AdditionVertex(function.getActivationFunction()), "a", "b");

    ExportedGraph.of(IMAGE, builder, "sum").assertSameOutput();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void channelScale_factorsFlatAndNot_agrees(boolean flat) {
    GraphBuilder builder =
        maps()
            .addLayer("factors", new GlobalPool2d(Pooling.AVERAGE, flat), "a")
            .addVertex("scale", new ChannelScaleVertex(), "b", "factors");

    ExportedGraph exported = ExportedGraph.of(IMAGE, builder, "scale");

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .filteredOn("Unsqueeze"::equals)
        .hasSize(flat ? 1 : 0);
  }

  @Test
  void merge_ofMapsWithChannelsLast_joinsTheChannels() {
    Conv2d wide = new Conv2d.Builder(3, 1, 1).activation(Activation.TANH).build();
    GraphBuilder builder =
        maps()
            .addLayer("c", wide, ExportedGraph.INPUT)
            .addVertex("join", new MergeVertex(), "c", "a", "b");

    ExportedGraph.of(IMAGE, builder, "join").assertSameOutput();
  }

  @Test
  void convolution_behindAStockLayer_agreesWithoutATransposition() {
    GraphBuilder builder =
        ExportedGraph.builder(IMAGE)
            .addLayer(
                "stock",
                new ConvolutionLayer.Builder(3, 3).nOut(5).activation(Activation.TANH).build(),
                ExportedGraph.INPUT)
            .addLayer("ours", convolution(), "stock");

    ExportedGraph exported = ExportedGraph.of(IMAGE, builder, "ours");

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Conv", "Tanh", "Conv", "Tanh");
  }

  @Test
  void graph_trainedForAFewSteps_agreesInItsRunningStatistics() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(0.05))
                .graphBuilder()
                .addInputs(ExportedGraph.INPUT)
                .setInputTypes(IMAGE)
                .addLayer(
                    "first",
                    new Conv2d.Builder(6, 3, 3)
                        .padding(1, 1)
                        .normalization(new Normalization(1e-3, 0.3, null))
                        .activation(Activation.SWISH)
                        .build(),
                    ExportedGraph.INPUT)
                .addLayer(
                    "second",
                    new BatchNorm2d.Builder(new Normalization(1e-5, 0.3, null))
                        .activation(Activation.RELU)
                        .build(),
                    "first")
                .addLayer("pool", new GlobalPool2d(Pooling.AVERAGE, true), "second")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "pool")
                .setOutputs("out")
                .build());
    graph.init();
    Nd4j.getRandom().setSeed(11);
    for (int step = 0; step < 5; step++) {
      INDArray photos = Nd4j.randn(DataType.FLOAT, 4, 4, 9, 7).muli(3).addi(1);
      INDArray labels = Nd4j.eye(3).castTo(DataType.FLOAT).getRows(0, 1, 2, step % 3);
      graph.fit(new INDArray[] {photos}, new INDArray[] {labels});
    }

    assertThat(graph.getParam("first_mean").amaxNumber().doubleValue()).isGreaterThan(0.1);
    assertThat(graph.getParam("second_mean").amaxNumber().doubleValue()).isGreaterThan(0.1);
    new ExportedGraph(graph, IMAGE).assertSameOutput();
  }

  static Stream<Layer> stockLayers() {
    return Stream.of(
        new ConvolutionLayer.Builder(3, 3).nOut(2).build(),
        new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build(),
        new GlobalPoolingLayer(PoolingType.AVG),
        new BatchNormalization(),
        new DenseLayer.Builder().nOut(2).build());
  }

  @ParameterizedTest
  @MethodSource("stockLayers")
  void stockLayer_behindOurs_agrees(Layer stock) {
    ExportedGraph.of(
            IMAGE,
            ExportedGraph.builder(IMAGE)
                .addLayer("ours", convolution(), ExportedGraph.INPUT)
                .addLayer("stock", stock, "ours"),
            "stock")
        .assertSameOutput();
  }

  @Test
  void unsupportedParts_behindOurs_areAllNamed() {
    GraphBuilder builder =
        ExportedGraph.builder(IMAGE)
            .addLayer("unknown", new FunctionLayer(new ActivationTanH() {}), ExportedGraph.INPUT)
            .addVertex("part", new SubsetVertex(0, 1), "unknown");

    assertThatThrownBy(() -> ExportedGraph.of(IMAGE, builder, "part"))
        .asInstanceOf(type(UnsupportedLayersException.class))
        .extracting(UnsupportedLayersException::problems)
        .satisfies(
            problems ->
                assertThat(problems)
                    .hasSize(2)
                    .anyMatch(problem -> problem.startsWith("'unknown' (FunctionLayer): no conv"))
                    .anyMatch(problem -> problem.startsWith("'part' (SubsetVertex): a subset")));
  }

  private static GraphBuilder maps() {
    return ExportedGraph.builder(IMAGE)
        .addLayer("a", convolution(), ExportedGraph.INPUT)
        .addLayer("b", convolution(), ExportedGraph.INPUT);
  }

  private static Conv2d convolution() {
    return new Conv2d.Builder(4, 1, 1).activation(Activation.TANH).build();
  }
}
