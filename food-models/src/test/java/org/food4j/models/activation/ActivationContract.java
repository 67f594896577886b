package org.food4j.models.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.food4j.models.kernel.FiniteDifferences.assertGradient;

import java.util.function.DoubleUnaryOperator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.food4j.models.kernel.KernelCases;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What DL4J expects of every activation function. */
final class ActivationContract {
  private static final double[] POINTS = {-1e4, -3.5, -3, -2.75, -1, -0.1, 0, 0.5, 2.9, 3, 3.5, 99};

  private ActivationContract() {}

  static void assertComputesInPlace(IActivation function, DoubleUnaryOperator formula) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray x = Nd4j.createFromArray(POINTS).castTo(type).reshape(3, 4);
      assertThat(function.getActivation(x, true)).isSameAs(x);
      for (int i = 0; i < POINTS.length; i++) {
        double expected = formula.applyAsDouble(POINTS[i]);
        assertThat(x.getDouble(i))
            .as("%s of %s as %s", function, POINTS[i], type)
            .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  /** Compares with finite differences, and single with double precision. */
  static void assertBackpropagates(IActivation function) {
    INDArray x = KernelCases.array(DataType.DOUBLE, 1, 4, 50).muli(3);
    INDArray epsilon = KernelCases.array(DataType.DOUBLE, 2, 4, 50);
    INDArray gradient = function.backprop(x.dup(), epsilon.dup()).getFirst();
    assertGradient(
        "x",
        x,
        gradient,
        () -> function.getActivation(x.dup(), true).mul(epsilon).sumNumber().doubleValue());

    INDArray floats =
        function.backprop(x.castTo(DataType.FLOAT), epsilon.castTo(DataType.FLOAT)).getFirst();
    assertThat(floats.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(floats.castTo(DataType.DOUBLE).equalsWithEps(gradient, 1e-5)).isTrue();
  }

  static void assertSurvivesJson(IActivation function) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder().list(new ActivationLayer(function)).build();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(((ActivationLayer) read.getConf(0).getLayer()).getActivationFn())
        .isEqualTo(function)
        .hasSameHashCodeAs(function);
  }
}
