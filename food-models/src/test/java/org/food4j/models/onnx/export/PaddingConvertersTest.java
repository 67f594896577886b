package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaddingConvertersTest {
  private static final InputType SEQUENCE = ExportedGraph.sequence(8, 3, RNNFormat.NCW);
  private static final InputType VOLUME = ExportedGraph.volume(4, 5, 6, 2, DataFormat.NCDHW);

  @ParameterizedTest
  @EnumSource
  void images_padAndCrop_agree(CNN2DFormat format) {
    InputType image = ExportedGraph.image(7, 8, 3, format);
    ExportedGraph.of(image, new ZeroPaddingLayer.Builder(1, 2, 3, 0).dataFormat(format).build())
        .assertSameOutput();
    ExportedGraph.of(image, new Cropping2D.Builder(1, 2, 0, 3).dataFormat(format).build())
        .assertSameOutput();
  }

  @Test
  void sequences_padAndCrop_agree() {
    ExportedGraph.of(SEQUENCE, new ZeroPadding1DLayer.Builder(1, 2).build()).assertSameOutput();
    ExportedGraph.of(SEQUENCE, new Cropping1D.Builder(2, 1).build()).assertSameOutput();
  }

  @Test
  void volumes_padAndCrop_agree() {
    ExportedGraph.of(VOLUME, new ZeroPadding3DLayer.Builder(1, 0, 2, 1, 0, 3).build())
        .assertSameOutput();
    ExportedGraph.of(VOLUME, new Cropping3D.Builder(1, 0, 2, 1, 0, 3).build()).assertSameOutput();
  }

  @Test
  void poolHelper_dropsTheFirstRowAndColumn() {
    InputType image = ExportedGraph.image(5, 6, 3);
    ExportedGraph.of(
            image,
            ExportedGraph.builder(image)
                .addVertex("cut", new PoolHelperVertex(), ExportedGraph.INPUT),
            "cut")
        .assertSameOutput();
  }

  @Test
  void sequencesChannelsLast_areRefusedBecauseDl4jPadsTheirChannels() {
    assertThatThrownBy(
            () ->
                ExportedGraph.of(
                    ExportedGraph.sequence(8, 3, RNNFormat.NWC),
                    new ZeroPadding1DLayer.Builder(1, 2).build()))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'layer' (ZeroPadding1DLayer): the layer reads channels first");
  }

  @Test
  void zerosBeforeAMaximum_countAlsoInTheRuntime() {
    InputType image = ExportedGraph.image(5, 6, 3);
    ExportedGraph.of(
            image,
            ExportedGraph.builder(image)
                .addVertex("negative", new ShiftVertex(-20), ExportedGraph.INPUT)
                .addLayer("pad", new ZeroPaddingLayer.Builder(1, 1, 1, 1).build(), "negative")
                .addLayer(
                    "pool",
                    new SubsamplingLayer.Builder(PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build(),
                    "pad"),
            "pool")
        .assertSameOutput();
  }
}
