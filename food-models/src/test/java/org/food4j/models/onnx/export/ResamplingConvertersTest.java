package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("rawtypes") // a builder of DL4J asks for a type of itself
class ResamplingConvertersTest {
  @ParameterizedTest
  @EnumSource
  void upsampling_ofImages_agrees(CNN2DFormat format) {
    ExportedGraph.of(
            ExportedGraph.image(3, 5, 2, format),
            new Upsampling2D.Builder(2).size(new int[] {2, 3}).dataFormat(format).build())
        .assertSameOutput();
  }

  @Test
  void upsampling_ofSequences_agrees() {
    ExportedGraph.of(
            ExportedGraph.sequence(5, 3, RNNFormat.NCW), new Upsampling1D.Builder(3).build())
        .assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource
  void upsampling_ofVolumes_agrees(DataFormat format) {
    ExportedGraph.of(
            ExportedGraph.volume(2, 3, 4, 2, format),
            new Upsampling3D.Builder(2).dataFormat(format).build())
        .assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource
  void spaceToDepth_anyLayout_agrees(CNN2DFormat format) {
    ExportedGraph.of(
            ExportedGraph.image(4, 6, 3, format), new SpaceToDepthLayer.Builder(2, format).build())
        .assertSameOutput();
  }
}
