package org.food4j.train.cluster;

import java.io.IOException;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.food4j.train.loop.Replica;
import org.food4j.train.loop.TrainingState;
import org.food4j.train.loop.WorkerRound;

/** A worker's part of a round, on whichever executor Spark chooses. */
final class RoundTask implements Function<Integer, WorkerRound> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ClusterTraining> training;
  private final Broadcast<TrainingState> start;
  private final int epoch;
  private final int firstStep;
  private final int steps;

  RoundTask(
      Broadcast<ClusterTraining> training,
      Broadcast<TrainingState> start,
      int epoch,
      int firstStep,
      int steps) {
    this.training = training;
    this.start = start;
    this.epoch = epoch;
    this.firstStep = firstStep;
    this.steps = steps;
  }

  @Override
  public WorkerRound call(Integer worker) throws IOException {
    ReplicaPool pool = ReplicaPool.enter(training.value());
    try {
      return round(pool, worker);
    } finally {
      pool.leave();
    }
  }

  private WorkerRound round(ReplicaPool pool, int worker) {
    Replica replica = pool.take(worker);
    boolean made = false;
    try {
      WorkerRound round = replica.round(start.value(), worker, epoch, firstStep, steps);
      made = true;
      return round;
    } finally {
      if (made) {
        pool.giveBack(worker, replica);
      } else {
        replica.close();
      }
    }
  }
}
