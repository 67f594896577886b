package org.food4j.train.loop;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.nd4j.linalg.activations.Activation;

/** An architecture with a loss behind its logits: what can be trained. */
public final class TrainingGraph {
  /** The name of the vertex that holds the loss; its activation is the logits. */
  public static final String LOSS = "loss";

  private TrainingGraph() {}

  /**
   * An initialised graph. Its output is the logits {@code [batch, classes]}.
   *
   * @param seed of the initial weights and of dropout
   */
  public static ComputationGraph create(
      Architecture architecture,
      NetworkSpec spec,
      AdamW optimizer,
      double labelSmoothing,
      long seed) {
    NeuralNetConfiguration.Builder base =
        optimizer.applyTo(new NeuralNetConfiguration.Builder().seed(seed).miniBatch(true));
    GraphBuilder builder =
        architecture
            .configure(base, spec)
            .addLayer(
                LOSS,
                new LossLayer.Builder(new SoftmaxCrossEntropy(labelSmoothing))
                    .activation(Activation.IDENTITY)
                    .build(),
                architecture.logits())
            .setOutputs(LOSS);
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }
}
