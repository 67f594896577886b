package org.food4j.train.device;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The replicas of the graph that is trained at the time, each with a thread of its own. Not
 * thread-safe; closing it ends the threads.
 */
public final class Replicas implements AutoCloseable {
  private final Devices devices;
  private final List<DeviceReplica> others = new ArrayList<>();

  /** None yet. */
  public Replicas(Devices devices) {
    this.devices = devices;
  }

  /** Whether batches are split between several. */
  public boolean split() {
    return devices.count() > 1;
  }

  /**
   * Replicates another graph than before, whose replicas end.
   *
   * @param graph initialised, with one input and one output, on this thread's device. It has the
   *     weights: the replicas take them from it before each batch
   */
  public BatchGradient of(ComputationGraph graph) {
    close();
    if (!split()) {
      return new SingleGradient(graph);
    }
    int there = Nd4j.getAffinityManager().getNumberOfDevices();
    int first = Nd4j.getAffinityManager().getDeviceForCurrentThread();
    String configuration = graph.getConfiguration().toJson();
    for (int i = 1; i < devices.count(); i++) {
      others.add(new DeviceReplica(configuration, (first + i) % there));
    }
    return new ReplicatedGradient(graph, others);
  }

  /** Ends the replicas; {@link #of} makes new ones. */
  @Override
  public void close() {
    others.forEach(DeviceReplica::close);
    others.clear();
  }
}
