package org.food4j.train.cluster;

import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A connection to a Spark cluster: at most one per process, because Spark has no more. Closing one
 * that was {@linkplain #open opened} gives the cluster's memory back.
 */
public final class SparkCluster implements AutoCloseable {
  /**
   * Native memory of an executor for tensors and decoding, unless {@code
   * spark.executor.extraJavaOptions} says otherwise: by default JavaCPP allows as much as the heap
   * has, which is too little beside a small one.
   */
  private static final String EXECUTOR_OPTIONS =
      "-Dorg.bytedeco.javacpp.maxbytes=4g -Dorg.bytedeco.javacpp.maxphysicalbytes=8g"
          + " -Djava.awt.headless=true -Dfile.encoding=UTF-8";

  /** Photos of a part: some seconds of work, so that a lost one costs little. */
  private static final int PHOTOS_PER_PART = 500;

  private final JavaSparkContext context;
  private final boolean owned;

  private SparkCluster(JavaSparkContext context, boolean owned) {
    this.context = context;
    this.owned = owned;
  }

  /**
   * The cluster that a program is connected to already: a notebook, or what {@code spark-submit}
   * starts. Its settings stay as they are; executors need this library on their class path, and
   * memory for tensors ({@code -Dorg.bytedeco.javacpp.maxbytes} in {@code
   * spark.executor.extraJavaOptions}).
   *
   * @param context stays open when this object is closed
   */
  public static SparkCluster of(JavaSparkContext context) {
    return new SparkCluster(context, false);
  }

  /**
   * Connects.
   *
   * <p>Executors of another machine need this library. Unless the settings name {@code
   * spark.executor.extraClassPath} or {@code spark.jars}, it is looked for where this process has
   * it, which is right where all machines have it at one path.
   *
   * @throws ClusterException if there is no such cluster, or Spark's module for it is missing
   * @throws IllegalStateException if this process is connected to a cluster already
   */
  public static SparkCluster open(ClusterSettings settings) throws ClusterException {
    SparkEnv existing = SparkEnv.get();
    if (existing != null) {
      throw new IllegalStateException(
          "This process is connected to %s already, and Spark has one connection a process: close it, or take it by SparkCluster.of"
              .formatted(existing.conf().get("spark.master")));
    }
    SparkLibrary.require(settings);
    SparkConf conf = new SparkConf(true).setMaster(settings.master()).setAppName("food4j");
    settings.settings().forEach(conf::set);
    conf.setIfMissing("spark.ui.enabled", "false");
    // Each round brings every worker's weights here.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    conf.setIfMissing("spark.rpc.message.maxSize", "512");
    // Weights are as good as noise to a compressor.
    conf.setIfMissing("spark.broadcast.compress", "false");
    conf.setIfMissing("spark.executor.extraJavaOptions", EXECUTOR_OPTIONS);
    conf.setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
    // As examples/food does: glibc would keep what DL4J's first step frees.
    conf.setIfMissing("spark.executorEnv.MALLOC_MMAP_THRESHOLD_", "1048576");
    conf.setIfMissing("spark.executorEnv.MALLOC_TRIM_THRESHOLD_", "1048576");
    if (settings.isLocal()) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    } else if (!conf.contains("spark.jars")) {
      conf.setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    }
    try {
      return new SparkCluster(new JavaSparkContext(conf), true);
    } catch (Exception e) { // Scala declares none of those that it throws
      throw new ClusterException(
          "No Spark cluster answers at %s: %s".formatted(settings.master(), e.getMessage()), e);
    }
  }

  JavaSparkContext context() {
    return context;
  }

  /** How many tasks share photos: as many as there are cores, or more. */
  int parts(int photos) {
    return Math.max(Math.min(context.defaultParallelism(), photos), photos / PHOTOS_PER_PART);
  }

  /** Runs a job, whose tasks end with it: Spark goes on when its thread is interrupted. */
  void run(Runnable job) {
    String tag = "food4j-" + UUID.randomUUID();
    context.addJobTag(tag);
    try {
      job.run();
    } finally {
      if (!context.sc().isStopped()) {
        context.cancelJobsWithTag(tag);
        context.removeJobTag(tag);
      }
    }
  }

  /** What Spark's failures, whose messages hold whole stacks, come to. */
  ClusterException failed(String what, Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new ClusterException(what + ": it was interrupted", e);
      }
    }
    if (context.sc().isStopped()) {
      return new ClusterException(
          "%s: there is no connection to %s (any more)".formatted(what, context.master()), e);
    }
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause instanceof SparkException || cause instanceof ExecutionException)) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new ClusterException(what + ": " + reason, e);
  }

  @Override
  public void close() {
    if (owned) {
      context.close();
    }
  }
}
