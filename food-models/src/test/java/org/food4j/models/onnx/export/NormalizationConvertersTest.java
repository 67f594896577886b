package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;

class NormalizationConvertersTest {
  @ParameterizedTest
  @CsvSource({"false, 1e-5", "false, 0.1", "true, 1e-5", "true, 0.1"})
  void batchNorm_ofImages_agrees(boolean logStd, double eps) {
    BatchNormalization layer = new BatchNormalization.Builder().useLogStd(logStd).eps(eps).build();

    ExportedGraph.of(ExportedGraph.image(4, 5, 6), layer).assertSameOutput();
  }

  @Test
  void batchNorm_ofFeatures_agrees() {
    InputType features = InputType.feedForward(6);
    DenseLayer dense = new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build();
    ExportedGraph.of(
            features,
            ExportedGraph.builder(features)
                .addLayer("first", dense.clone(), ExportedGraph.INPUT)
                .addLayer(
                    "norm", new BatchNormalization.Builder().useLogStd(false).build(), "first")
                .addLayer("last", dense.clone(), "norm"),
            "last")
        .assertSameOutput();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0.5"})
  void batchNorm_lockedGammaAndBeta_agrees(double gamma, double beta) {
    BatchNormalization layer =
        new BatchNormalization.Builder().lockGammaBeta(true).gamma(gamma).beta(beta).build();

    ExportedGraph.of(ExportedGraph.image(4, 5, 6), layer).assertSameOutput();
  }

  @Test
  void batchNorm_lockedGammaAlone_isRefusedBecauseDl4jIsOfTwoMinds() {
    BatchNormalization layer =
        new BatchNormalization.Builder().lockGammaBeta(true).gamma(2).beta(0).build();

    assertThatThrownBy(() -> ExportedGraph.of(ExportedGraph.image(4, 5, 6), layer))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("locked gamma 2.0 with beta 0.0");
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void batchNorm_channelsLast_agrees(boolean logStd) {
    BatchNormalization layer =
        new BatchNormalization.Builder().useLogStd(logStd).dataFormat(CNN2DFormat.NHWC).build();

    ExportedGraph.of(ExportedGraph.image(4, 5, 6, CNN2DFormat.NHWC), layer).assertSameOutput();
  }

  @Test
  void batchNorm_ofSequences_agreesOrIsRefused() {
    BatchNormalization last =
        new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).nIn(6).nOut(6).build();
    ExportedGraph.of(ExportedGraph.sequence(5, 6, RNNFormat.NWC), last).assertSameOutput();

    BatchNormalization first = new BatchNormalization.Builder().nIn(6).nOut(6).build();
    assertThatThrownBy(() -> ExportedGraph.of(ExportedGraph.sequence(5, 6, RNNFormat.NCW), first))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("batch normalization of channels-first sequences");
  }

  @ParameterizedTest
  @CsvSource({"2, 5, 1e-4, 0.75, NCHW", "1, 4, 0.3, 0.5, NCHW", "2, 3, 0.2, 0.75, NHWC"})
  void localResponse_anySetting_agrees(
      double k, double n, double alpha, double beta, CNN2DFormat format) {
    LocalResponseNormalization layer =
        new LocalResponseNormalization.Builder(k, n, alpha, beta).dataFormat(format).build();

    ExportedGraph.of(ExportedGraph.image(4, 5, 7, format), layer).assertSameOutput();
  }
}
