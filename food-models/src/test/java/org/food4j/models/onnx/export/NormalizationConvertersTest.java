package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
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
}
