package org.food4j.train.device;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of a graph on a device, which only its own thread touches: ND4J's device is the thread's,
 * and so are its random numbers. Takes and gives Java arrays.
 */
final class Replica implements AutoCloseable {
  private final ExecutorService thread;

  /** Of the thread alone. */
  private ComputationGraph graph;

  /**
   * @param configuration the graph's, as JSON: DL4J changes a configuration's objects while it
   *     builds from them, so that graphs cannot share them
   * @param device from 0
   */
  Replica(String configuration, int device) {
    thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread created = new Thread(task, "food4j device " + device);
              created.setDaemon(true);
              return created;
            });
    thread.execute(() -> Nd4j.getAffinityManager().unsafeSetDevice(device));
    // fails, if it does, with the first share: the thread's tasks run in order
    thread.execute(
        () -> {
          ComputationGraph built =
              new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
          built.init();
          graph = built;
        });
  }

  /**
   * What a share of a batch gave.
   *
   * @param loss averaged over the share's photos
   * @param gradient the flattened gradients, summed over the photos
   * @param statistics the running statistics after the share
   */
  record Result(double loss, float[] gradient, float[] statistics) {}

  /**
   * Starts to compute.
   *
   * @param parameters all of the graph's
   * @param iteration steps made so far
   * @param epoch epochs made so far
   */
  Future<Result> compute(float[] parameters, int iteration, int epoch, Share share, long seed) {
    return thread.submit(
        () -> {
          if (graph == null) {
            throw new IllegalStateException("The network cannot be built on a further device");
          }
          Values.write(parameters, graph.params());
          graph.getConfiguration().setIterationCount(iteration);
          graph.getConfiguration().setEpochCount(epoch);
          double loss = new SingleGradient(graph).compute(share.toDataSet(), seed);
          return new Result(
              loss, Values.read(graph.getFlattenedGradients()), Values.read(Statistics.of(graph)));
        });
  }

  @Override
  public void close() {
    thread.execute(() -> Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread());
    thread.shutdown();
  }
}
