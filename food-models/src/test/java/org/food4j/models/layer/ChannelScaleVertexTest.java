package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class ChannelScaleVertexTest {
  @Test
  void outputType_ofFittingInputs_isTheFeatureMaps() {
    InputType map = InputType.convolutional(5, 7, 3);
    assertThat(new ChannelScaleVertex().getOutputType(0, map, InputType.feedForward(3)))
        .isEqualTo(map);
  }

  @Test
  void outputType_ofOtherChannelCount_isRefused() {
    assertThatThrownBy(
            () ->
                new ChannelScaleVertex()
                    .getOutputType(0, InputType.convolutional(5, 7, 3), InputType.feedForward(4)))
        .isInstanceOf(InvalidInputTypeException.class)
        .hasMessageContaining("one factor per channel");
  }

  @Test
  void json_ofAGraphWithTheVertex_readsBack() {
    ComputationGraphConfiguration configuration = squeezeAndExcite().getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
        .isEqualTo(configuration);
  }

  @Test
  void gradients_ofSqueezeAndExcitation_equalFiniteDifferences() {
    ComputationGraph graph = squeezeAndExcite();
    Nd4j.getRandom().setSeed(7);
    INDArray photos = Nd4j.rand(DataType.DOUBLE, 2, 2, 5, 4);
    INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 0, 1}});
    DataSet data = new DataSet(photos, labels);
    graph.setInputs(photos);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    INDArray analytic = graph.gradient().gradient().dup();
    INDArray parameters = graph.params();
    double step = 1e-6;
    for (int i = 0; i < parameters.length(); i++) {
      double value = parameters.getDouble(i);
      parameters.putScalar(i, value + step);
      double above = graph.score(data);
      parameters.putScalar(i, value - step);
      double below = graph.score(data);
      parameters.putScalar(i, value);
      // The graph's gradient is summed over the batch of two before the updater averages it
      double numeric = (above - below) / (2 * step) * 2;
      assertThat(analytic.getDouble(i))
          .as("parameter %d", i)
          .isCloseTo(numeric, org.assertj.core.data.Offset.offset(1e-6 + 1e-5 * Math.abs(numeric)));
    }
  }

  private static ComputationGraph squeezeAndExcite() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(5, 4, 2))
                .addLayer(
                    "map",
                    new ConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.TANH).build(),
                    "input")
                .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "map")
                .addLayer(
                    "factors",
                    new DenseLayer.Builder().nOut(3).activation(Activation.SIGMOID).build(),
                    "mean")
                .addVertex("scale", new ChannelScaleVertex(), "map", "factors")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "scale")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "pool")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }
}
