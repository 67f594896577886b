package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.food4j.models.layer.NativeEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OnnxExportTest {
  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    NativeEngine.start();
  }

  @ParameterizedTest
  @EnumSource
  void sequentialNetwork_inAnyLayout_agrees(CNN2DFormat format) {
    InputType image = InputType.convolutional(8, 9, 3, format);
    ExportedNetwork exported = new ExportedNetwork(photoNetwork(image, format), image);
    exported.shakeStatistics();

    assertThat(exported.relativeDifference(1)).isLessThan(1e-4);
    assertThat(exported.relativeDifference(3)).isLessThan(1e-4);
    assertThat(exported.model().getGraph().getInput(0).getType().getTensorType().getShape())
        .satisfies(
            shape ->
                assertThat(shape.getDimList().stream().skip(1).map(Dimension::getDimValue))
                    .containsExactly(3L, 8L, 9L));
  }

  @Test
  void sequentialNetwork_namesItsLayers() {
    InputType image = InputType.convolutional(8, 9, 3);
    ModelProto model = OnnxExport.model(photoNetwork(image, CNN2DFormat.NCHW), image);

    assertThat(model.getGraph().getInput(0).getName()).isEqualTo("input");
    assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("head");
    assertThat(model.getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .contains("layer0", "layer1", "head/input");
  }

  @Test
  void sequentialNetwork_exported_isLeftAsItWas() {
    InputType image = InputType.convolutional(8, 9, 3);
    MultiLayerNetwork network = photoNetwork(image, CNN2DFormat.NCHW);
    String before = network.getLayerWiseConfigurations().toJson();
    INDArray photos = Nd4j.rand(DataType.FLOAT, 2, 3, 8, 9);
    INDArray answer = network.output(photos.dup());

    OnnxExport.model(network, image);

    assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(before);
    assertThat(network.output(photos)).isEqualTo(answer);
  }

  @Test
  void write_deducesVectors_andMakesTheFolder() throws Exception {
    MultiLayerNetwork network =
        sequential(
            InputType.feedForward(7), new DenseLayer.Builder().nOut(5).build(), output("out"));
    Path file = folder.resolve("new").resolve("dense.onnx");

    OnnxExport.write(network, file);

    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(dimensions(model)).containsExactly(0L, 7L);
    assertThat(model.getMetadataPropsList()).isEmpty();
  }

  @Test
  void model_deducesFlattenedImages() {
    MultiLayerNetwork network =
        sequential(
            InputType.convolutionalFlat(4, 5, 3),
            new ConvolutionLayer.Builder(3, 3).nOut(2).build(),
            output("out"));

    assertThat(dimensions(OnnxExport.model(network))).containsExactly(0L, 60L);
  }

  @Test
  void model_deducesImagesThatAreFlattenedFirst() {
    InputType image = InputType.convolutional(4, 5, 3);
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(image)
                .addLayer(
                    "fc",
                    new DenseLayer.Builder().nOut(2).activation(Activation.TANH).build(),
                    ExportedGraph.INPUT),
            "fc");

    assertThat(dimensions(OnnxExport.model(graph))).containsExactly(0L, 3L, 4L, 5L);
  }

  @Test
  void model_ofImagesWithoutTheirSize_asksForIt() {
    MultiLayerNetwork network = photoNetwork(InputType.convolutional(8, 9, 3), CNN2DFormat.NCHW);

    assertThatThrownBy(() -> OnnxExport.model(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'input' (read by the convolution 'layer0', 3 channels")
        .hasMessageContaining("InputType.convolutional(height, width, channels)");
  }

  @Test
  void model_ofSequencesWithoutTheirLength_asksForIt() {
    InputType unknown = InputType.recurrent(3);
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(unknown)
                .addLayer(
                    "conv",
                    new org.deeplearning4j.nn.conf.layers.Convolution1DLayer.Builder(3)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build(),
                    ExportedGraph.INPUT),
            "conv");

    assertThatThrownBy(() -> OnnxExport.model(graph, unknown))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'in' (network input)")
        .hasMessageContaining("an input type with every size");
  }

  private static MultiLayerNetwork photoNetwork(InputType image, CNN2DFormat format) {
    return sequential(
        image,
        new ConvolutionLayer.Builder(3, 3)
            .nOut(8)
            .dataFormat(format)
            .activation(Activation.RELU)
            .build(),
        new BatchNormalization.Builder().dataFormat(format).build(),
        output("head"));
  }

  private static OutputLayer output(String name) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .name(name)
        .nOut(4)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static MultiLayerNetwork sequential(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().seed(5).list();
    List.of(layers).forEach(list::layer);
    MultiLayerConfiguration configuration = list.setInputType(input).build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static List<Long> dimensions(ModelProto model) {
    return model.getGraph().getInput(0).getType().getTensorType().getShape().getDimList().stream()
        .map(Dimension::getDimValue)
        .toList();
  }
}
