package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingConvertersTest {
  @ParameterizedTest
  @CsvSource({
    // type, kernel, stride, padding, mode, height, width
    "MAX, 2, 2, 0, Truncate, 8, 9",
    "MAX, 3, 2, 1, Truncate, 8, 11",
    "MAX, 3, 2, 0, Same, 7, 8",
    "MAX, 3, 1, 0, Same, 7, 8",
    "AVG, 2, 2, 0, Truncate, 8, 9",
    "AVG, 3, 2, 1, Truncate, 8, 11",
    "AVG, 3, 2, 0, Same, 7, 8",
    "AVG, 3, 1, 0, Same, 7, 8",
  })
  void subsampling_anyWindow_agrees(
      PoolingType type,
      int kernel,
      int stride,
      int padding,
      ConvolutionMode mode,
      int height,
      int width) {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(type)
            .kernelSize(kernel, kernel)
            .stride(stride, stride)
            .padding(padding, padding)
            .convolutionMode(mode)
            .build();

    ExportedGraph.of(ExportedGraph.image(height, width, 3), layer).assertSameOutput();
  }

  @Test
  void subsampling_paddingInTheDivisor_agrees() {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(PoolingType.AVG)
            .kernelSize(3, 3)
            .stride(2, 2)
            .padding(1, 1)
            .convolutionMode(ConvolutionMode.Truncate)
            .avgPoolIncludePadInDivisor(true)
            .build();

    ExportedGraph.of(ExportedGraph.image(7, 8, 2), layer).assertSameOutput();
  }

  @Test
  void subsampling_pNorm_isRefused() {
    SubsamplingLayer layer =
        new SubsamplingLayer.Builder(PoolingType.PNORM).kernelSize(2, 2).pnorm(2).build();

    assertThatThrownBy(() -> ExportedGraph.of(ExportedGraph.image(8, 8, 3), layer))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'layer' (SubsamplingLayer): pooling type PNORM");
  }

  @ParameterizedTest
  @CsvSource({"AVG, true", "AVG, false", "MAX, true", "MAX, false"})
  void globalPooling_anyType_agrees(PoolingType type, boolean collapse) {
    GlobalPoolingLayer layer =
        new GlobalPoolingLayer.Builder(type).collapseDimensions(collapse).build();

    ExportedGraph.of(ExportedGraph.image(5, 7, 4), layer).assertSameOutput();
  }
}
