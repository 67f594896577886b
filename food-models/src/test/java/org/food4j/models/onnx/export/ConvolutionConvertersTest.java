package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.NodeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;

class ConvolutionConvertersTest {
  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation, mode, height, width, format
    "3, 1, 1, 1, Truncate, 7, 9, NCHW",
    "3, 2, 1, 1, Truncate, 8, 11, NCHW",
    "3, 2, 1, 1, Truncate, 8, 11, NHWC",
    "3, 2, 0, 1, Truncate, 8, 7, NCHW",
    "5, 3, 2, 1, Strict, 10, 13, NCHW",
    "5, 3, 2, 1, Strict, 10, 13, NHWC",
    "1, 2, 0, 1, Truncate, 7, 8, NCHW",
    "3, 1, 2, 2, Truncate, 9, 8, NCHW",
    "3, 1, 2, 2, Truncate, 9, 8, NHWC",
    "3, 1, 0, 1, Same, 7, 9, NCHW",
    "3, 2, 0, 1, Same, 7, 8, NCHW",
    "3, 2, 0, 1, Same, 7, 8, NHWC",
    "5, 2, 0, 1, Same, 8, 11, NCHW",
    "2, 2, 0, 1, Same, 7, 8, NHWC",
    "1, 2, 0, 1, Same, 7, 6, NCHW",
    "3, 1, 0, 2, Same, 7, 8, NCHW",
    "3, 1, 0, 2, Same, 7, 8, NHWC",
  })
  void convolution_anyWindow_agrees(
      int kernel,
      int stride,
      int padding,
      int dilation,
      ConvolutionMode mode,
      int height,
      int width,
      CNN2DFormat format) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(kernel, kernel)
            .nOut(5)
            .stride(stride, stride)
            .padding(padding, padding)
            .dilation(dilation, dilation)
            .convolutionMode(mode)
            .dataFormat(format)
            .activation(Activation.IDENTITY)
            .build();

    ExportedGraph.of(ExportedGraph.image(height, width, 3, format), layer).assertSameOutput();
  }

  @Test
  void convolution_obliqueWindowWithoutBiasAndWithActivation_agrees() {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(3, 5)
            .nOut(4)
            .stride(2, 1)
            .padding(0, 2)
            .convolutionMode(ConvolutionMode.Truncate)
            .hasBias(false)
            .activation(Activation.SWISH)
            .build();

    ExportedGraph exported = ExportedGraph.of(ExportedGraph.image(9, 8, 2), layer);

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .containsExactly("layer", "layer/Sigmoid", "layer/Mul");
    assertThat(exported.model().getGraph().getInitializerList())
        .singleElement()
        .satisfies(weights -> assertThat(weights.getName()).isEqualTo("layer/W"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, Truncate, NCHW",
    "2, 1, Truncate, NHWC",
    "1, 2, Same, NHWC",
    "3, 2, Same, NCHW",
    "3, 2, Same, NHWC"
  })
  void depthwise_anyMultiplier_agrees(
      int multiplier, int stride, ConvolutionMode mode, CNN2DFormat format) {
    DepthwiseConvolution2D layer =
        new DepthwiseConvolution2D.Builder(3, 3)
            .depthMultiplier(multiplier)
            .nOut(4 * multiplier)
            .stride(stride, stride)
            .convolutionMode(mode)
            .dataFormat(format)
            .activation(Activation.RELU)
            .build();

    ExportedGraph.of(ExportedGraph.image(7, 10, 4, format), layer).assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, Truncate, NCHW",
    "2, 2, Truncate, NCHW",
    "2, 1, Same, NCHW",
    "3, 2, Same, NCHW",
    "2, 2, Same, NHWC"
  })
  void separable_anyMultiplier_agrees(
      int multiplier, int stride, ConvolutionMode mode, CNN2DFormat format) {
    SeparableConvolution2D layer =
        new SeparableConvolution2D.Builder(3, 3)
            .depthMultiplier(multiplier)
            .nOut(5)
            .stride(stride, stride)
            .convolutionMode(mode)
            .dataFormat(format)
            .activation(Activation.TANH)
            .build();

    ExportedGraph.of(ExportedGraph.image(7, 10, 3, format), layer).assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation, mode
    "3, 1, 1, 1, Truncate",
    "3, 2, 1, 1, Truncate",
    "4, 2, 1, 1, Strict",
    "3, 1, 0, 2, Truncate",
    "3, 1, 0, 1, Same",
    "3, 2, 0, 1, Same",
    "4, 2, 0, 1, Same",
    "2, 2, 0, 1, Same",
    "5, 3, 0, 1, Same",
  })
  void deconvolution_anyWindow_agrees(
      int kernel, int stride, int padding, int dilation, ConvolutionMode mode) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      Deconvolution2D layer =
          new Deconvolution2D.Builder(kernel, kernel)
              .nOut(4)
              .stride(stride, stride)
              .padding(padding, padding)
              .dilation(dilation, dilation)
              .convolutionMode(mode)
              .dataFormat(format)
              .activation(Activation.IDENTITY)
              .build();

      ExportedGraph.of(ExportedGraph.image(5, 6, 3, format), layer).assertSameOutput();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation, mode, format
    "3, 1, 1, 1, Truncate, NCW",
    "3, 2, 0, 1, Strict, NCW",
    "3, 2, 1, 1, Truncate, NWC",
    "3, 1, 0, 1, Same, NCW",
    "5, 2, 0, 1, Same, NCW",
    "3, 2, 0, 1, Same, NWC",
    "3, 1, 0, 2, Causal, NCW",
    "3, 2, 0, 1, Causal, NWC",
  })
  void convolution1d_anyWindow_agrees(
      int kernel, int stride, int padding, int dilation, ConvolutionMode mode, RNNFormat format) {
    Convolution1DLayer layer =
        new Convolution1DLayer.Builder(kernel)
            .nOut(4)
            .stride(stride)
            .padding(padding)
            .dilation(dilation)
            .convolutionMode(mode)
            .rnnDataFormat(format)
            .activation(Activation.TANH)
            .build();

    ExportedGraph.of(ExportedGraph.sequence(11, 3, format), layer).assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation, mode, format
    "3, 1, 1, 1, Truncate, NCDHW",
    "2, 2, 0, 1, Truncate, NDHWC",
    "3, 1, 0, 1, Same, NCDHW",
    "3, 2, 0, 1, Same, NDHWC",
  })
  void convolution3d_anyWindow_agrees(
      int kernel,
      int stride,
      int padding,
      int dilation,
      ConvolutionMode mode,
      Convolution3D.DataFormat format) {
    Convolution3D layer =
        new Convolution3D.Builder(kernel, kernel, kernel)
            .nOut(4)
            .stride(stride, stride, stride)
            .padding(padding, padding, padding)
            .dilation(dilation, dilation, dilation)
            .convolutionMode(mode)
            .dataFormat(format)
            .activation(Activation.IDENTITY)
            .build();

    ExportedGraph.of(ExportedGraph.volume(5, 6, 7, 2, format), layer).assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 1, Truncate, NCDHW",
    "3, 2, 0, Same, NCDHW",
    "2, 2, 0, Truncate, NDHWC",
  })
  void deconvolution3d_anyWindow_agrees(
      int kernel, int stride, int padding, ConvolutionMode mode, Convolution3D.DataFormat format) {
    Deconvolution3D.Builder builder = new Deconvolution3D.Builder();
    Deconvolution3D layer =
        builder
            .kernelSize(kernel, kernel, kernel)
            .stride(stride, stride, stride)
            .padding(padding, padding, padding)
            .dataFormat(format)
            .convolutionMode(mode)
            .nOut(4)
            .activation(Activation.IDENTITY)
            .build();

    ExportedGraph.of(ExportedGraph.volume(3, 4, 5, 2, format), layer).assertSameOutput();
  }

  @Test
  void convolution_anotherLayoutThanItsInput_isRefused() {
    ComputationGraph graph =
        ExportedGraph.initialised(
            ExportedGraph.builder(ExportedGraph.image(8, 8, 3, CNN2DFormat.NHWC))
                .addLayer(
                    "conv",
                    new ConvolutionLayer.Builder(3, 3).nOut(2).dataFormat(CNN2DFormat.NHWC).build(),
                    ExportedGraph.INPUT),
            "conv");

    assertThatThrownBy(
            () -> new OnnxExporter().export(graph, ExportOptions.of(ExportedGraph.image(8, 8, 3))))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'conv' (ConvolutionLayer): the layer reads channels last");
  }
}
