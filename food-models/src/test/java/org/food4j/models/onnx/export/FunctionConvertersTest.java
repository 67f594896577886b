package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;

class FunctionConvertersTest {
  @ParameterizedTest
  @EnumSource
  void cnnLoss_softmax_isOverChannels(CNN2DFormat format) {
    CnnLossLayer layer =
        new CnnLossLayer.Builder().format(format).activation(Activation.SOFTMAX).build();

    ExportedGraph.of(ExportedGraph.image(3, 4, 5, format), layer).assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource
  void cnn3dLoss_softmax_isOverChannels(DataFormat format) {
    Cnn3DLossLayer layer =
        new Cnn3DLossLayer.Builder(format).activation(Activation.SOFTMAX).build();

    ExportedGraph.of(ExportedGraph.volume(2, 3, 4, 5, format), layer).assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource
  void prelu_sharedOrNot_agrees(CNN2DFormat format) {
    InputType image = ExportedGraph.image(3, 4, 5, format);
    boolean first = format == CNN2DFormat.NCHW;
    ExportedGraph.of(
            image,
            new PReLULayer.Builder()
                .inputShape(first ? new long[] {5, 3, 4} : new long[] {3, 4, 5})
                .build())
        .assertSameOutput();
    ExportedGraph.of(
            image,
            new PReLULayer.Builder()
                .inputShape(first ? new long[] {5, 3, 4} : new long[] {3, 4, 5})
                .sharedAxes(first ? new long[] {2, 3} : new long[] {1, 2})
                .build())
        .assertSameOutput();
  }

  @Test
  void prelu_ofFeatures_agrees() {
    ExportedGraph.of(InputType.feedForward(6), new PReLULayer.Builder().inputShape(6).build())
        .assertSameOutput();
  }

  @Test
  void dropoutAndNoise_addNothing() {
    InputType image = ExportedGraph.image(3, 4, 5);
    ExportedGraph exported =
        ExportedGraph.of(
            image,
            ExportedGraph.builder(image)
                .addLayer("noise", new DropoutLayer(new GaussianNoise(0.3)), ExportedGraph.INPUT)
                .addLayer("channels", new DropoutLayer(new SpatialDropout(0.5)), "noise")
                .addLayer("mask", new MaskLayer(), "channels"),
            "mask");

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .singleElement()
        .satisfies(node -> assertThat(node.getOpType()).isEqualTo("Identity"));
  }
}
