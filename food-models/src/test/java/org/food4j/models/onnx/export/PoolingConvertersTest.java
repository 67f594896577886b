package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PoolingConvertersTest {
  @ParameterizedTest
  @CsvSource({
    // type, kernel, stride, padding, mode, height, width
    "MAX, 2, 2, 0, Truncate, 8, 9",
    "MAX, 3, 2, 1, Truncate, 8, 11",
    "MAX, 3, 2, 1, Strict, 7, 9",
    "MAX, 3, 2, 0, Same, 7, 8",
    "MAX, 3, 1, 0, Same, 7, 8",
    "AVG, 2, 2, 0, Truncate, 8, 9",
    "AVG, 3, 2, 1, Truncate, 8, 11",
    "AVG, 3, 2, 0, Same, 7, 8",
    "AVG, 3, 1, 0, Same, 7, 8",
    "PNORM, 2, 2, 0, Truncate, 8, 9",
    "PNORM, 3, 2, 1, Truncate, 8, 11",
    "PNORM, 3, 2, 0, Same, 7, 8",
  })
  void subsampling_anyWindow_agrees(
      PoolingType type,
      int kernel,
      int stride,
      int padding,
      ConvolutionMode mode,
      int height,
      int width) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      SubsamplingLayer layer =
          new SubsamplingLayer.Builder(type)
              .kernelSize(kernel, kernel)
              .stride(stride, stride)
              .padding(padding, padding)
              .convolutionMode(mode)
              .dataFormat(format)
              .pnorm(3)
              .build();

      ExportedGraph.of(ExportedGraph.image(height, width, 3, format), layer).assertSameOutput();
    }
  }

  @ParameterizedTest
  @CsvSource({"Truncate, 1", "Same, 0"})
  void subsampling_paddingInTheDivisor_agrees(ConvolutionMode mode, int padding) {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(PoolingType.AVG)
            .kernelSize(3, 3)
            .stride(2, 2)
            .padding(padding, padding)
            .convolutionMode(mode)
            .avgPoolIncludePadInDivisor(true)
            .build();

    ExportedGraph.of(ExportedGraph.image(7, 8, 2), layer).assertSameOutput();
  }

  @Test
  void subsampling_dilatedMaximum_agrees() {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(PoolingType.MAX)
            .kernelSize(3, 3)
            .stride(1, 1)
            .dilation(2, 2)
            .build();

    ExportedGraph.of(ExportedGraph.image(9, 8, 2), layer).assertSameOutput();
  }

  @Test
  void subsampling_dilatedMean_isRefused() {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(PoolingType.AVG)
            .kernelSize(3, 3)
            .stride(1, 1)
            .dilation(2, 2)
            .build();

    assertThatThrownBy(() -> ExportedGraph.of(ExportedGraph.image(9, 8, 3), layer))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining(
            "'layer' (SubsamplingLayer): average or p-norm pooling with dilation");
  }

  @ParameterizedTest
  @CsvSource({
    "MAX, 2, 2, 0, Truncate, NCW",
    "MAX, 3, 1, 0, Truncate, NCW",
    "MAX, 3, 2, 0, Same, NCW",
    "AVG, 3, 2, 0, Same, NCW",
    "AVG, 2, 2, 0, Strict, NCW",
    "PNORM, 2, 2, 0, Truncate, NCW",
  })
  void subsampling1d_anyWindow_agrees(
      PoolingType type,
      int kernel,
      int stride,
      int padding,
      ConvolutionMode mode,
      RNNFormat format) {
    Subsampling1DLayer layer =
        new Subsampling1DLayer.Builder(type, kernel, stride, padding)
            .convolutionMode(mode)
            .pnorm(2)
            .build();

    ExportedGraph.of(ExportedGraph.sequence(10, 3, format), layer).assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({
    "MAX, 2, 2, 0, Truncate, NCDHW",
    "MAX, 3, 2, 1, Truncate, NDHWC",
    "MAX, 3, 2, 0, Same, NDHWC",
    "AVG, 2, 2, 0, Truncate, NDHWC",
    "AVG, 3, 2, 0, Same, NCDHW",
    "AVG, 3, 1, 1, Truncate, NCDHW",
  })
  void subsampling3d_anyWindow_agrees(
      PoolingType type,
      int kernel,
      int stride,
      int padding,
      ConvolutionMode mode,
      Convolution3D.DataFormat format) {
    Subsampling3DLayer layer =
        new Subsampling3DLayer.Builder(type)
            .kernelSize(kernel, kernel, kernel)
            .stride(stride, stride, stride)
            .padding(padding, padding, padding)
            .convolutionMode(mode)
            .dataFormat(format)
            .build();

    ExportedGraph.of(ExportedGraph.volume(5, 6, 7, 2, format), layer).assertSameOutput();
  }

  @Test
  void subsampling3d_pNorm_isRefusedBecauseDl4jComputesTheMean() {
    Subsampling3DLayer layer =
        new Subsampling3DLayer.Builder(PoolingType.PNORM).kernelSize(2, 2, 2).build();
    InputType volume = ExportedGraph.volume(4, 4, 4, 2, Convolution3D.DataFormat.NCDHW);

    assertThatThrownBy(() -> ExportedGraph.of(volume, layer))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("pooling type PNORM, for which DL4J computes the mean");
  }

  @ParameterizedTest
  @EnumSource
  void globalPooling_anyType_agrees(PoolingType type) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      GlobalPoolingLayer layer = new GlobalPoolingLayer.Builder(type).pnorm(3).build();

      ExportedGraph.of(ExportedGraph.image(5, 7, 4, format), layer).assertSameOutput();
    }
  }

  @ParameterizedTest
  @EnumSource
  void globalPooling_thatKeepsTheAxes_agrees(PoolingType type) {
    GlobalPoolingLayer layer =
        new GlobalPoolingLayer.Builder(type).collapseDimensions(false).build();

    ExportedGraph.of(ExportedGraph.image(5, 7, 4), layer).assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource
  void globalPooling_ofSequencesAndVolumes_agrees(PoolingType type) {
    ExportedGraph.of(
            ExportedGraph.sequence(6, 4, RNNFormat.NCW),
            new GlobalPoolingLayer.Builder(type).build())
        .assertSameOutput();
    ExportedGraph.of(
            ExportedGraph.sequence(6, 4, RNNFormat.NWC),
            new GlobalPoolingLayer.Builder(type).poolingDimensions(1).build())
        .assertSameOutput();
    ExportedGraph.of(
            ExportedGraph.volume(3, 4, 5, 2, Convolution3D.DataFormat.NCDHW),
            new GlobalPoolingLayer.Builder(type).build())
        .assertSameOutput();
  }

  @Test
  void globalPooling_overChannels_isRefused() {
    GlobalPoolingLayer layer = new GlobalPoolingLayer.Builder(PoolingType.AVG).build();

    assertThatThrownBy(() -> ExportedGraph.of(ExportedGraph.sequence(6, 4, RNNFormat.NWC), layer))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("pooling over the dimensions [2]");
  }
}
