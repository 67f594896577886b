package org.food4j.train.cluster;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.loop.Replica;
import org.food4j.train.recipe.Recipe;

/**
 * The replicas of one executor: they outlive the tasks, of which each round has new ones. Every
 * worker's own, where there is one, has read its next photos already. Thread-safe.
 */
final class ReplicaPool {
  private static final Map<String, ReplicaPool> POOLS = new HashMap<>();

  private final Dataset dataset;
  private final Recipe recipe;
  private final Map<Integer, Replica> free = new HashMap<>();
  private boolean closed;

  private ReplicaPool(ClusterTraining training) throws IOException {
    dataset = training.dataset();
    recipe = training.recipe();
  }

  /** The pool of a training; the first to ask copies photos, and the others wait. */
  static ReplicaPool of(ClusterTraining training) throws IOException {
    synchronized (POOLS) {
      ReplicaPool pool = POOLS.get(training.id());
      if (pool == null) {
        pool = new ReplicaPool(training);
        POOLS.put(training.id(), pool);
      }
      return pool;
    }
  }

  /** A worker's own replica, or one that nobody uses, or a new one. */
  Replica take(int worker) throws IOException {
    synchronized (this) {
      if (!free.isEmpty()) {
        int key = free.containsKey(worker) ? worker : free.keySet().iterator().next();
        return free.remove(key);
      }
    }
    return new Replica(dataset, recipe, new NativePhotoDecoder());
  }

  /** Keeps a replica for the worker's next round. */
  void giveBack(int worker, Replica replica) {
    synchronized (this) {
      if (!closed) {
        Replica other = free.put(worker, replica);
        if (other == null) {
          return;
        }
        replica = other; // the same part was done twice
      }
    }
    replica.close();
  }

  /** Ends a training on this process: in local mode, where no executor ends. */
  static void close(String training) {
    ReplicaPool pool;
    synchronized (POOLS) {
      pool = POOLS.remove(training);
    }
    if (pool != null) {
      synchronized (pool) {
        pool.closed = true;
        pool.free.values().forEach(Replica::close);
        pool.free.clear();
      }
    }
  }
}
