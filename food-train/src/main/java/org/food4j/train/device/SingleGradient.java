package org.food4j.train.device;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** By the graph itself, on the thread that asks. */
final class SingleGradient implements BatchGradient {
  private final ComputationGraph graph;

  SingleGradient(ComputationGraph graph) {
    this.graph = graph;
  }

  @Override
  public double compute(DataSet batch, long seed) {
    Nd4j.getRandom().setSeed(seed);
    graph.setInput(0, batch.getFeatures());
    graph.setLabel(0, batch.getLabels());
    graph.computeGradientAndScore();
    return graph.score();
  }
}
