package org.food4j.train.device;

import java.util.concurrent.ExecutionException;
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
final class DeviceReplica implements AutoCloseable {
  private final int device;
  private final ExecutorService thread;

  /**
   * Of the thread alone; its tasks run in order, so that this has come to its end before others.
   */
  private final Future<ComputationGraph> built;

  /**
   * @param configuration the graph's, as JSON: DL4J changes a configuration's objects while it
   *     builds from them, so that graphs cannot share them
   * @param device from 0
   */
  DeviceReplica(String configuration, int device) {
    this.device = device;
    thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread created = new Thread(task, "food4j device " + device);
              created.setDaemon(true);
              return created;
            });
    built =
        thread.submit(
            () -> {
              Nd4j.getAffinityManager().unsafeSetDevice(device);
              ComputationGraph graph =
                  new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
              graph.init();
              return graph;
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
   * Starts to compute. Fails with what the building of the network failed with, if it did.
   *
   * @param parameters all of the graph's
   * @param iteration steps made so far
   * @param epoch epochs made so far
   */
  Future<Result> compute(float[] parameters, int iteration, int epoch, Share share, long seed) {
    return thread.submit(
        () -> {
          ComputationGraph graph = graph();
          Values.write(parameters, graph.params());
          graph.getConfiguration().setIterationCount(iteration);
          graph.getConfiguration().setEpochCount(epoch);
          double loss = new SingleGradient(graph).compute(share.toDataSet(), seed);
          return new Result(
              loss, Values.read(graph.getFlattenedGradients()), Values.read(Statistics.of(graph)));
        });
  }

  private ComputationGraph graph() throws InterruptedException {
    try {
      return built.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(
          "the network cannot be built on device %d: %s"
              .formatted(device, e.getCause().getMessage()),
          e.getCause());
    }
  }

  @Override
  public void close() {
    thread.execute(() -> Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread());
    thread.shutdown();
  }
}
