package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

class OnnxExporterTest {
  private static final InputType IMAGE = ExportedGraph.image(8, 8, 3);

  @Test
  void export_seCnn_agreesAndHasTheSpecifiedInputAndOutput() {
    InputType photo = ExportedGraph.image(75, 75, 3);
    ComputationGraph graph = Architectures.named("se_cnn").graph(new NetworkSpec(26, 75), 1);

    ExportedGraph exported = new ExportedGraph(graph, photo);

    exported.assertSameOutput();
    ModelProto model = exported.model();
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getProducerName()).isEqualTo("food4j");
    assertThat(model.getOpsetImportList())
        .singleElement()
        .satisfies(opset -> assertThat(opset.getVersion()).isEqualTo(17));
    assertThat(model.getGraph().getInputList())
        .singleElement()
        .satisfies(input -> assertThat(signature(input)).isEqualTo("input[batch, 3, 75, 75]"));
    assertThat(model.getGraph().getOutputList())
        .singleElement()
        .satisfies(output -> assertThat(signature(output)).isEqualTo("logits[batch, 26]"));
    assertThat(model.getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .contains("stem.0", "stem.0/Relu", "stages.0.se.scale", "stages.3.add/Relu", "fc");
    assertThat(model.getGraph().getInitializerList())
        .allMatch(weights -> weights.hasRawData() && !weights.getRawData().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet_b0", "resnet50"})
  void export_largerArchitecture_agrees(String name) {
    ComputationGraph graph = Architectures.named(name).graph(new NetworkSpec(5, 71), 1);

    new ExportedGraph(graph, ExportedGraph.image(71, 71, 3)).assertSameOutput();
  }

  @Test
  void export_twice_givesTheSameBytes() {
    ComputationGraph graph = Architectures.named("se_cnn").graph(new NetworkSpec(5, 32), 1);

    ModelProto first = new OnnxExporter().export(graph, ExportOptions.photos(32));
    ModelProto second = new OnnxExporter().export(graph, ExportOptions.photos(32));

    assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
  }

  @Test
  void export_severalUnsupportedParts_namesAllOfThem() {
    SubsamplingLayer dilated =
        new SubsamplingLayer.Builder(PoolingType.AVG).kernelSize(2, 2).dilation(2, 2).build();
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(IMAGE)
                .addLayer("pool", dilated, ExportedGraph.INPUT)
                .addLayer(
                    "conv",
                    new ConvolutionLayer.Builder(3, 3).nOut(4).activation(new Doubled()).build(),
                    "pool")
                .addLayer("square", new SquareLayer(), "conv")
                .addVertex("norm", new L2NormalizeVertex(new int[] {1}, 1e-8), "square"),
            "norm");

    assertThatThrownBy(() -> new OnnxExporter().export(graph, ExportOptions.of(IMAGE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("4 parts of the graph cannot be written as ONNX")
        .asInstanceOf(type(UnsupportedLayersException.class))
        .extracting(UnsupportedLayersException::problems)
        .satisfies(
            problems -> {
              assertThat(problems).hasSize(4);
              assertThat(problems.get(0)).startsWith("'pool' (SubsamplingLayer): average or");
              assertThat(problems.get(1)).startsWith("'conv' (ConvolutionLayer): no converter");
              assertThat(problems.get(1)).endsWith("Doubled");
              assertThat(problems.get(2)).startsWith("'square' (SquareLayer): no converter");
              assertThat(problems.get(3)).startsWith("'norm' (L2NormalizeVertex): the norm over");
            });
  }

  /** An activation function of a user's own. */
  private static final class Doubled extends ActivationIdentity {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return in.muli(2);
    }
  }

  /** A layer of a user's own. */
  public static final class SquareLayer extends SameDiffLambdaLayer {
    private static final long serialVersionUID = 1L;

    @Override
    public SDVariable defineLayer(SameDiff sameDiff, SDVariable input) {
      return input.mul(input);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
      return inputType;
    }
  }

  @Test
  void export_layerOfAUser_isConvertedByTheirConverter() {
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(IMAGE)
                .addLayer("square", new SquareLayer(), ExportedGraph.INPUT)
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "square"),
            "pool");
    assertThatThrownBy(() -> new OnnxExporter().export(graph, ExportOptions.of(IMAGE)))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'square' (SquareLayer): no converter is registered for");
    ConverterRegistry registry =
        ConverterRegistry.standard()
            .register(
                SquareLayer.class,
                (layer, context) ->
                    context.node(OnnxNode.of("Mul", context.input(), context.input())));

    ModelProto model = new OnnxExporter(registry).export(graph, ExportOptions.of(IMAGE));

    new ExportedGraph(graph, IMAGE, model).assertSameOutput();
  }

  @Test
  void export_registeredConverter_isUsed() {
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(IMAGE)
                .addLayer(
                    "conv",
                    new ConvolutionLayer.Builder(3, 3).nOut(4).activation(new Doubled()).build(),
                    ExportedGraph.INPUT),
            "conv");
    ConverterRegistry registry =
        ConverterRegistry.standard()
            .register(
                Doubled.class,
                (function, context) ->
                    context.node(OnnxNode.of("Add", context.input(), context.input())));
    ModelProto model = new OnnxExporter(registry).export(graph, ExportOptions.of(IMAGE));

    new ExportedGraph(graph, IMAGE, model).assertSameOutput();
    assertThat(model.getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Conv", "Add");
  }

  @Test
  void export_wrongNumberOfInputTypes_isRefused() {
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(IMAGE)
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), ExportedGraph.INPUT),
            "pool");

    assertThatThrownBy(() -> new OnnxExporter().export(graph, ExportOptions.of(IMAGE, IMAGE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The graph has 1 inputs [in], but 2 input types were given");
  }

  @Test
  void export_wrongInputType_saysWhichLayerItDoesNotFit() {
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(IMAGE)
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), ExportedGraph.INPUT),
            "pool");

    assertThatThrownBy(
            () -> new OnnxExporter().export(graph, ExportOptions.of(InputType.feedForward(4))))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'pool' (GlobalPoolingLayer)");
  }

  @Test
  void export_severalOutputs_keepTheirNames() {
    DenseLayer head = new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build();
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(IMAGE)
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), ExportedGraph.INPUT)
                .addLayer("fc", head, "pool"),
            "pool",
            "fc");

    ModelProto model = new OnnxExporter().export(graph, ExportOptions.of(IMAGE));

    assertThat(model.getGraph().getOutputList())
        .extracting(OnnxExporterTest::signature)
        .containsExactly("pool[batch, 3]", "fc[batch, 4]");
  }

  private static String signature(ValueInfoProto value) {
    assertThat(value.getType().getTensorType().getElemType())
        .isEqualTo(TensorProto.DataType.FLOAT.getNumber());
    List<String> dimensions =
        value.getType().getTensorType().getShape().getDimList().stream()
            .map(OnnxExporterTest::text)
            .toList();
    return value.getName() + dimensions;
  }

  private static String text(TensorShapeProto.Dimension dimension) {
    return dimension.hasDimParam()
        ? dimension.getDimParam()
        : Long.toString(dimension.getDimValue());
  }
}
