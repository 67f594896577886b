package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class FeedForwardConvertersTest {
  private static final InputType FEATURES = InputType.feedForward(7);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dense_withAndWithoutBias_agrees(boolean bias) {
    DenseLayer layer =
        new DenseLayer.Builder().nOut(5).hasBias(bias).activation(Activation.TANH).build();

    ExportedGraph.of(FEATURES, layer).assertSameOutput();
  }

  @Test
  void dense_identityAtTheEnd_isCalledLogits() {
    ExportedGraph exported =
        ExportedGraph.of(
            FEATURES, new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build());

    exported.assertSameOutput();
    assertThat(output(exported.model())).isEqualTo("logits");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dense_layerNorm_agrees(boolean bias) {
    DenseLayer layer =
        new DenseLayer.Builder()
            .nOut(5)
            .hasLayerNorm(true)
            .hasBias(bias)
            .activation(Activation.TANH)
            .build();

    ExportedGraph.of(FEATURES, layer).assertSameOutput();
  }

  @Test
  void outputLayer_softmax_keepsItsName() {
    ExportedGraph exported =
        ExportedGraph.of(
            FEATURES,
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build());

    exported.assertSameOutput();
    assertThat(output(exported.model())).isEqualTo("layer");
  }

  @Test
  void lossLayer_identityAfterDense_addsNothing() {
    ExportedGraph exported =
        ExportedGraph.of(
            FEATURES,
            ExportedGraph.builder(FEATURES)
                .addLayer(
                    "fc",
                    new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build(),
                    ExportedGraph.INPUT)
                .addLayer(
                    "loss",
                    new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "fc"),
            "loss");

    exported.assertSameOutput();
    assertThat(output(exported.model())).isEqualTo("logits");
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .containsExactly("fc");
  }

  @Test
  void lossLayer_softmax_agrees() {
    ExportedGraph.of(
            FEATURES,
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build())
        .assertSameOutput();
  }

  @Test
  void dropout_atInference_addsNothing() {
    ExportedGraph exported =
        ExportedGraph.of(
            FEATURES,
            ExportedGraph.builder(FEATURES)
                .addLayer("drop", new DropoutLayer(0.5), ExportedGraph.INPUT)
                .addLayer(
                    "act",
                    new ActivationLayer.Builder().activation(Activation.SIGMOID).build(),
                    "drop"),
            "act");

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeCount()).isEqualTo(1);
  }

  @Test
  void centerLoss_isItsDensePart() {
    ExportedGraph.of(
            FEATURES,
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build())
        .assertSameOutput();
  }

  @Test
  void elementWiseMultiplication_agrees() {
    ExportedGraph.of(
            FEATURES,
            new ElementWiseMultiplicationLayer.Builder()
                .nOut(7)
                .activation(Activation.TANH)
                .build())
        .assertSameOutput();
  }

  private static String output(ModelProto model) {
    return model.getGraph().getOutput(0).getName();
  }
}
