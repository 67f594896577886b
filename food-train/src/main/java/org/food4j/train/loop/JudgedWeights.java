package org.food4j.train.loop;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights by which an epoch is judged and with which it is kept: those that are trained, or
 * their average. Not thread-safe.
 */
final class JudgedWeights {
  private final ComputationGraph graph;
  private final Optional<WeightAverage> average;

  private JudgedWeights(ComputationGraph graph, Optional<WeightAverage> average) {
    this.graph = graph;
    this.average = average;
  }

  /**
   * Before a graph's next step.
   *
   * @param decay of the average, 0 for none
   * @param soFar the average after the steps that the graph has made, if it has made any
   * @throws IllegalArgumentException if an average is wanted, and the steps so far had none
   */
  static JudgedWeights of(ComputationGraph graph, double decay, Optional<INDArray> soFar) {
    if (decay == 0) {
      return new JudgedWeights(graph, Optional.empty());
    }
    if (soFar.isEmpty() && graph.getIterationCount() > 0) {
      throw new IllegalArgumentException(
          "The checkpoint after %s steps has no averaged weights, which ema_decay %s goes on from: resume with the recipe that the run was started with"
              .formatted(graph.getIterationCount(), decay));
    }
    INDArray start =
        soFar.map(values -> values.reshape(graph.params().shape())).orElse(graph.params());
    return new JudgedWeights(graph, Optional.of(new WeightAverage(decay, start)));
  }

  /**
   * Goes on with a graph that has this one's parameters and others, whose averages start at what
   * they are: nothing has moved them yet.
   *
   * @param next about to be trained; those parameters that this graph has, too, have the values
   *     here
   */
  JudgedWeights carriedTo(ComputationGraph next) throws IOException {
    if (average.isEmpty()) {
      return new JudgedWeights(next, average);
    }
    INDArray trained = next.params().dup();
    Map<String, INDArray> values = next.paramTable();
    judge(
        averaged -> {
          averaged.paramTable().forEach((name, value) -> values.get(name).assign(value));
          return averaged;
        });
    WeightAverage carried = average.get().from(next.params());
    next.setParams(trained);
    return new JudgedWeights(next, Optional.of(carried));
  }

  /**
   * After the graph's steps.
   *
   * @param steps since the last time; the average takes in what came of them, as if each of them
   *     had ended there
   */
  void stepped(int steps) {
    average.ifPresent(each -> each.add(graph.params(), graph.getIterationCount(), steps));
  }

  /** The average so far, which the next step changes; empty where none is wanted. */
  Optional<INDArray> average() {
    return average.map(WeightAverage::values);
  }

  /** What is done with a graph. */
  interface Use<T> {
    T with(ComputationGraph graph) throws IOException;
  }

  /** Keeps the graph's weights to be judged as those of the best epoch. */
  void keep(BestKeeper keeper) throws IOException {
    judge(
        judged -> {
          keeper.keep(judged);
          return judged;
        });
  }

  /**
   * Uses the graph while it has the weights to be judged; then it has those to be trained again.
   */
  <T> T judge(Use<T> use) throws IOException {
    if (average.isEmpty()) {
      return use.with(graph);
    }
    INDArray trained = graph.params().dup();
    graph.setParams(average.get().values());
    try {
      return use.with(graph);
    } finally {
      graph.setParams(trained);
    }
  }
}
