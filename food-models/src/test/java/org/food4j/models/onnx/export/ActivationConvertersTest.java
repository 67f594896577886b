package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

class ActivationConvertersTest {
  @ParameterizedTest
  @EnumSource(Activation.class)
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
        new ActivationReLU(null, 0.5, null),
        new ActivationReLU(1.5, 0.5, 0.3),
        new ActivationGELU(true),
        new ActivationRReLU(0.1, 0.4),
        new HardSigmoid(),
        new HardSwish());
  }

  @ParameterizedTest
  @MethodSource("configured")
  void activation_configured_agrees(IActivation activation) {
    ExportedGraph.of(ExportedGraph.image(3, 5, 2), new ActivationLayer(activation))
        .assertSameOutput();
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void softmax_ofImages_isOverTheLastAxisInMemory(CNN2DFormat format) {
    ExportedGraph.of(ExportedGraph.image(3, 5, 4, format), new ActivationLayer(Activation.SOFTMAX))
        .assertSameOutput();
  }

  @Test
  void activation_ofTheUsers_isRefused() {
    IActivation unknown = new ActivationTanH() {};

    assertThatThrownBy(
            () -> ExportedGraph.of(InputType.feedForward(4), new ActivationLayer(unknown)))
        .isInstanceOf(UnsupportedLayersException.class)
        .hasMessageContaining("'layer' (ActivationLayer)");
  }
}
