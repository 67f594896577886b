package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.NodeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;

class ConvolutionConvertersTest {
  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation, mode, height, width
    "3, 1, 1, 1, Truncate, 7, 9",
    "3, 2, 1, 1, Truncate, 8, 11",
    "3, 2, 0, 1, Truncate, 8, 7",
    "5, 3, 2, 1, Strict, 10, 13",
    "1, 2, 0, 1, Truncate, 7, 8",
    "3, 1, 2, 2, Truncate, 9, 8",
    "3, 1, 0, 1, Same, 7, 9",
    "3, 2, 0, 1, Same, 7, 8",
    "5, 2, 0, 1, Same, 8, 11",
    "2, 2, 0, 1, Same, 7, 8",
    "1, 2, 0, 1, Same, 7, 6",
    "3, 1, 0, 2, Same, 7, 8",
  })
  void convolution_anyWindow_agrees(
      int kernel,
      int stride,
      int padding,
      int dilation,
      ConvolutionMode mode,
      int height,
      int width) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(kernel, kernel)
            .nOut(5)
            .stride(stride, stride)
            .padding(padding, padding)
            .dilation(dilation, dilation)
            .convolutionMode(mode)
            .activation(Activation.IDENTITY)
            .build();

    ExportedGraph.of(ExportedGraph.image(height, width, 3), layer).assertSameOutput();
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
  @CsvSource({"1, 1, Truncate", "2, 1, Truncate", "1, 2, Same", "3, 2, Same"})
  void depthwise_anyMultiplier_agrees(int multiplier, int stride, ConvolutionMode mode) {
    DepthwiseConvolution2D layer =
        new DepthwiseConvolution2D.Builder(3, 3)
            .depthMultiplier(multiplier)
            .nOut(4 * multiplier)
            .stride(stride, stride)
            .convolutionMode(mode)
            .activation(Activation.RELU)
            .build();

    ExportedGraph.of(ExportedGraph.image(7, 10, 4), layer).assertSameOutput();
  }

  @Test
  void convolution_channelsLast_isRefused() {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(3, 3).nOut(2).dataFormat(CNN2DFormat.NHWC).build();
    InputType input = InputType.convolutional(8, 8, 3, CNN2DFormat.NHWC);

    assertThatThrownBy(() -> ExportedGraph.of(input, layer))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'in' (network input)")
        .hasMessageContaining("'layer' (ConvolutionLayer): layout NHWC");
  }
}
