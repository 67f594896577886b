package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

class ActivationConvertersTest {
  @ParameterizedTest
  @EnumSource(
      names = {
        "RELU",
        "RELU6",
        "SIGMOID",
        "TANH",
        "IDENTITY",
        "SOFTMAX",
        "SWISH",
        "HARDSIGMOID",
        "HARDTANH",
        "LEAKYRELU",
        "ELU",
        "SELU",
        "SOFTPLUS",
        "SOFTSIGN",
        "GELU",
        "THRESHOLDEDRELU"
      })
  void activation_byName_agrees(Activation activation) {
    ExportedGraph.of(InputType.feedForward(101), new ActivationLayer(activation))
        .assertSameOutput();
  }

  static Stream<IActivation> configured() {
    return Stream.of(
        new ActivationLReLU(0.3),
        new ActivationELU(0.7),
        new ActivationThresholdedReLU(0.4),
        new ActivationReLU(1.5, null, null),
        new ActivationReLU(null, null, 0.2),
        new ActivationReLU(1.5, null, 0.2),
        new HardSigmoid(),
        new HardSwish());
  }

  @ParameterizedTest
  @MethodSource("configured")
  void activation_configured_agrees(IActivation activation) {
    ExportedGraph.of(ExportedGraph.image(3, 5, 2), new ActivationLayer(activation))
        .assertSameOutput();
  }

  static Stream<IActivation> unsupported() {
    return Stream.of(
        new ActivationCube(), new ActivationGELU(true), new ActivationReLU(null, 0.5, null));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void activation_withoutOnnxForm_isRefused(IActivation activation) {
    assertThatThrownBy(
            () -> ExportedGraph.of(InputType.feedForward(4), new ActivationLayer(activation)))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'layer' (ActivationLayer)");
  }
}
