package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CollectScoresListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** DL4J's own listener, whose lists are fastutil's: fastutil-core, eight years newer, suffices. */
class CollectScoresListenerTest {
  @Test
  void fit_withFastutilCore_collectsTheScores() {
    OutputLayer layer =
        new OutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(2).nOut(2).build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(layer)
                .setInputType(InputType.feedForward(2))
                .build());
    network.init();
    CollectScoresListener listener = new CollectScoresListener(1);
    network.setListeners(listener);
    for (int i = 0; i < 3; i++) {
      network.fit(Nd4j.ones(4, 2), Nd4j.zeros(4, 2));
    }
    assertThat(listener.getListScore().toDoubleArray()).hasSize(3);
    assertThat(listener.getListScore().getDouble(2)).isEqualTo(network.score());
    assertThat(listener.getListIteration().size()).isEqualTo(3);
  }
}
