package org.food4j.train.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.food4j.data.file.FileTree;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.loop.Replica;
import org.food4j.train.recipe.Recipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas of one executor: they outlive the tasks, of which each round has new ones. Every
 * worker's own, where there is one, has read its next photos already. Thread-safe.
 *
 * <p>Nobody tells an executor that a training has ended. It frees what it has of one when the first
 * task of another comes; the application's end frees the rest.
 */
final class ReplicaPool {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaPool.class);

  /** By training. */
  private static final Map<String, ReplicaPool> POOLS = new HashMap<>();

  private final Dataset dataset;
  private final Recipe recipe;
  private final WeightsCard weights;
  private final Path folder;
  private final int slots;
  private final Map<Integer, Replica> free = new HashMap<>();

  /** That are between {@link #enter} and {@link #leave}. */
  private int tasks;

  /** Whether no task will come any more. */
  private boolean ended;

  private ReplicaPool(ClusterTraining training) throws IOException {
    training.register();
    folder = training.folder();
    dataset = training.dataset();
    recipe = training.recipe();
    weights = training.weights();
    slots = slots(SparkEnv.get().conf(), recipe.dataParallel().workers());
  }

  /**
   * How many tasks of a training an executor may have at a time. Where nothing says how many cores
   * an executor has, which stand-alone clusters allow, it is taken to have all of the machine's.
   */
  static int slots(SparkConf conf, int workers) {
    int cores =
        ClusterSettings.threads(conf.get("spark.master"))
            .orElseGet(
                () ->
                    conf.getInt(
                        "spark.executor.cores", Runtime.getRuntime().availableProcessors()));
    return Math.max(1, Math.min(workers, cores / conf.getInt("spark.task.cpus", 1)));
  }

  /**
   * Begins a task; the first one of a training copies photos, and the others wait.
   *
   * @return to be left at the task's end
   */
  static ReplicaPool enter(ClusterTraining training) throws IOException {
    synchronized (POOLS) {
      ReplicaPool pool = POOLS.get(training.id());
      if (pool == null) {
        POOLS.values().removeIf(ReplicaPool::endIfIdle);
        pool = new ReplicaPool(training);
        POOLS.put(training.id(), pool);
      }
      pool.begin();
      return pool;
    }
  }

  private synchronized void begin() {
    tasks++;
  }

  /** Ends a task. */
  synchronized void leave() {
    tasks--;
    if (ended && tasks == 0) {
      release();
    }
  }

  /** A worker's own replica, or one that nobody uses, or a new one. */
  Replica take(int worker) {
    synchronized (this) {
      if (!free.isEmpty()) {
        int key = free.containsKey(worker) ? worker : free.keySet().iterator().next();
        return free.remove(key);
      }
    }
    return new Replica(dataset, recipe, weights, new NativePhotoDecoder(), slots);
  }

  /** Keeps a replica for the worker's next round. */
  synchronized void giveBack(int worker, Replica replica) {
    Replica other = free.put(worker, replica);
    if (other != null) {
      other.close(); // the same part was done twice
    }
  }

  /** Ends a training in this process: on the driver, where in local mode the executor is. */
  static void end(String training) {
    ReplicaPool pool;
    synchronized (POOLS) {
      pool = POOLS.remove(training);
    }
    if (pool != null) {
      pool.end();
    }
  }

  private synchronized void end() {
    ended = true;
    if (tasks == 0) {
      release();
    } // else the last task does
  }

  /** Ends a training none of whose tasks runs; should it go on all the same, it begins anew. */
  private synchronized boolean endIfIdle() {
    if (tasks > 0) {
      return false;
    }
    end();
    return true;
  }

  private void release() {
    free.values().forEach(Replica::close);
    free.clear();
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      // another training's task must not fail by it; Spark deletes the folder in the end
      LOG.warn("What was copied for a training that has ended stays in {}", folder, e);
    }
  }
}
