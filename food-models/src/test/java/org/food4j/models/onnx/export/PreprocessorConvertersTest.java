package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.modelimport.keras.preprocessors.TensorFlowCnnToFeedForwardPreProcessor;
import org.deeplearning4j.preprocessors.KerasFlattenRnnPreprocessor;
import org.deeplearning4j.preprocessors.PermutePreprocessor;
import org.deeplearning4j.preprocessors.ReshapePreprocessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

@SuppressWarnings("deprecation") // of older Keras imports
class PreprocessorConvertersTest {
  private static final DenseLayer DENSE =
      new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build();

  @Test
  void flatten_beforeDense_agrees() {
    ExportedGraph exported = ExportedGraph.of(ExportedGraph.image(3, 5, 2), DENSE.clone());

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .containsExactly("layer/input", "layer");
  }

  @Test
  void unflatten_beforeConvolution_agrees() {
    InputType flat = InputType.convolutionalFlat(5, 7, 2);
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build();

    ExportedGraph.of(flat, layer).assertSameOutput();
  }

  @Test
  void preprocessorVertex_flatten_agrees() {
    InputType image = ExportedGraph.image(3, 5, 2);
    ExportedGraph.of(
            image,
            ExportedGraph.builder(image)
                .addVertex(
                    "flat",
                    new PreprocessorVertex(new CnnToFeedForwardPreProcessor(3, 5, 2)),
                    ExportedGraph.INPUT)
                .addLayer("fc", DENSE.clone(), "flat"),
            "fc")
        .assertSameOutput();
  }

  @Test
  void flatten_channelsLast_keepsTheOrderOfDl4j() {
    ExportedGraph exported =
        ExportedGraph.of(ExportedGraph.image(3, 5, 2, CNN2DFormat.NHWC), DENSE.clone());

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Transpose", "Flatten", "Gemm");
  }

  @Test
  void flatten_ofOnePlace_needsNoTransposition() {
    ExportedGraph exported =
        ExportedGraph.of(ExportedGraph.image(1, 1, 4, CNN2DFormat.NHWC), DENSE.clone());

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Flatten", "Gemm");
  }

  static Stream<Arguments> chains() {
    CNN2DFormat last = CNN2DFormat.NHWC;
    InputType image = ExportedGraph.image(3, 5, 2);
    InputType turned = ExportedGraph.image(3, 5, 2, last);
    InputType flat = InputType.feedForward(30);
    return Stream.of(
        arguments(turned, new CnnToFeedForwardPreProcessor(3, 5, 2, last)),
        arguments(image, new TensorFlowCnnToFeedForwardPreProcessor(3, 5, 2)),
        arguments(flat, new FeedForwardToCnnPreProcessor(3, 5, 2)),
        arguments(
            ExportedGraph.volume(2, 3, 4, 5, DataFormat.NCDHW),
            new Cnn3DToFeedForwardPreProcessor(2, 3, 4, 5, true)),
        arguments(
            ExportedGraph.volume(2, 3, 4, 5, DataFormat.NDHWC),
            new Cnn3DToFeedForwardPreProcessor(2, 3, 4, 5, false)),
        arguments(
            ExportedGraph.sequence(5, 3, RNNFormat.NWC), new KerasFlattenRnnPreprocessor(3, 5)),
        arguments(
            ExportedGraph.sequence(5, 3, RNNFormat.NCW), new KerasFlattenRnnPreprocessor(3, 5)),
        arguments(
            image,
            new ReshapePreprocessor(new long[] {2, 3, 5}, new long[] {5, 6}, false, RNNFormat.NCW)),
        arguments(flat, new ReshapePreprocessor(new long[] {30}, new long[] {3, 5, 2}, false)),
        arguments(
            turned,
            new ReshapePreprocessor(new long[] {3, 5, 2}, new long[] {5, 6, 1}, false, last)),
        arguments(
            image,
            new ComposableInputPreProcessor(
                new CnnToFeedForwardPreProcessor(3, 5, 2),
                new FeedForwardToCnnPreProcessor(5, 6, 1))));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void preprocessor_beforeVectors_agrees(InputType input, InputPreProcessor preprocessor) {
    var builder =
        ExportedGraph.builder(input)
            .addVertex("turn", new PreprocessorVertex(preprocessor), ExportedGraph.INPUT)
            .addVertex("flat", new ReshapeVertex(-1, elements(input)), "turn");
    ExportedGraph.of(input, builder, "flat").assertSameOutput();
  }

  private static int elements(InputType type) {
    return (int) type.arrayElementsPerExample();
  }

  @Test
  void permute_ofImages_agrees() {
    InputType image = ExportedGraph.image(3, 5, 2);
    ExportedGraph.of(
            image,
            ExportedGraph.builder(image)
                .addVertex(
                    "turn",
                    new PreprocessorVertex(new PermutePreprocessor(3, 1, 2)),
                    ExportedGraph.INPUT)
                .addVertex("flat", new ReshapeVertex(-1, 30), "turn"),
            "flat")
        .assertSameOutput();
  }

  @Test
  void reshapeVertex_toImages_agrees() {
    InputType features = InputType.feedForward(30);
    ExportedGraph.of(
            features,
            ExportedGraph.builder(features)
                .addVertex("image", new ReshapeVertex(-1, 2, 3, 5), ExportedGraph.INPUT)
                .addLayer(
                    "conv",
                    new ConvolutionLayer.Builder(2, 2)
                        .nIn(2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build(),
                    "image"),
            "conv")
        .assertSameOutput();
  }

  @Test
  void reshapeVertex_thatFoldsTheBatch_isRefused() {
    InputType features = InputType.feedForward(30);
    assertThatThrownBy(
            () ->
                ExportedGraph.of(
                    features,
                    ExportedGraph.builder(features)
                        .addVertex("rows", new ReshapeVertex(-1, 10), ExportedGraph.INPUT),
                    "rows"))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'rows' (ReshapeVertex): a reshape of");
  }
}
