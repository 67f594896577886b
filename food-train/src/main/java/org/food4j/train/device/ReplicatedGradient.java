package org.food4j.train.device;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/**
 * By a graph and its replicas, each of which computes a share of the batch: nearly equal ones, in
 * the batch's order, the first by the graph itself on the thread that asks. Batch normalisation
 * looks at each share alone, and a loss with class weights divides by each share's own weight, as
 * PyTorch's data parallelism has it. Sums are in the order of the shares, so that the same seed
 * gives the same bits.
 */
final class ReplicatedGradient implements BatchGradient {
  private final ComputationGraph graph;
  private final SingleGradient first;
  private final List<DeviceReplica> others;

  /**
   * @param others of the graph, closed by who made them
   * @throws IllegalArgumentException if a layer hides in its gradient what is none, which must not
   *     be added up
   */
  ReplicatedGradient(ComputationGraph graph, List<DeviceReplica> others) {
    this.graph = graph;
    this.others = List.copyOf(others);
    first = new SingleGradient(graph);
  }

  /** A seed for each share, of which the first has the batch's own, as on one device. */
  static long seedOf(long seed, int share) {
    SplittableRandom shares = new SplittableRandom(seed);
    long own = seed;
    for (int i = 0; i < share; i++) {
      own = shares.nextLong();
    }
    return own;
  }

  @Override
  public double compute(DataSet batch, long seed) {
    int count = others.size() + 1;
    int size = batch.numExamples();
    if (size < count) {
      throw new IllegalArgumentException(
          "A batch of %d photos cannot be split between %d devices: use a larger batch or fewer devices"
              .formatted(size, count));
    }
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(Share.of(batch, (long) size * i / count, (long) size * (i + 1) / count));
    }
    float[] parameters = Values.read(graph.params());
    List<Future<DeviceReplica.Result>> running = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      running.add(
          others
              .get(i - 1)
              .compute(
                  parameters,
                  graph.getIterationCount(),
                  graph.getEpochCount(),
                  shares.get(i),
                  seedOf(seed, i)));
    }
    double loss = first.compute(shares.get(0).toDataSet(), seed);
    List<DeviceReplica.Result> results = new ArrayList<>();
    results.add(
        new DeviceReplica.Result(
            loss, Values.read(graph.getFlattenedGradients()), Values.read(Statistics.of(graph))));
    for (Future<DeviceReplica.Result> each : running) {
      results.add(result(each));
    }
    return bringTogether(results, shares, size);
  }

  private double bringTogether(List<DeviceReplica.Result> results, List<Share> shares, int size) {
    float[] gradient = results.get(0).gradient();
    float[] statistics = new float[results.get(0).statistics().length];
    double loss = 0;
    for (int i = 0; i < results.size(); i++) {
      DeviceReplica.Result result = results.get(i);
      float part = (float) shares.get(i).size() / size;
      loss += result.loss() * shares.get(i).size() / size;
      for (int k = 0; k < statistics.length; k++) {
        statistics[k] += part * result.statistics()[k];
      }
      for (int k = 0; i > 0 && k < gradient.length; k++) {
        gradient[k] += result.gradient()[k];
      }
    }
    Values.write(gradient, graph.getFlattenedGradients());
    Values.write(statistics, Statistics.of(graph));
    graph.setScore(loss);
    return loss;
  }

  private static DeviceReplica.Result result(Future<DeviceReplica.Result> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while another device computed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(
          "A further device failed: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
