package org.food4j.samples;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network of the library's for a training loop of DL4J's: what {@code Trainer} would set up. */
final class OwnTraining {
  private OwnTraining() {}

  // region: a network for one's own training
  /** From photos to probabilities, ready for {@code fit}. */
  static ComputationGraph network(int classes) {
    Architecture architecture = Architectures.named("se_cnn");
    NetworkSpec spec = new NetworkSpec(classes, Sample07OwnAugmentation.PREPROCESSING.inputSize());
    // An architecture says nothing of the optimiser, and ends with logits.
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3));
    LossLayer loss =
        new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
    ComputationGraph network =
        new ComputationGraph(
            architecture
                .configure(base, spec)
                .addLayer("loss", loss, architecture.logits())
                .setOutputs("loss")
                .build());
    network.init();
    return network;
  }
  // end region
}
