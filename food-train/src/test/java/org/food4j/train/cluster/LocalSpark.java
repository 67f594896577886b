package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** Spark in this process, as tests start it. */
final class LocalSpark {
  /**
   * This machine's temporary files by way of a Hadoop file system, which is copied from as HDFS is.
   */
  static final String MOUNTED = "viewfs://food";

  private LocalSpark() {}

  static SparkCluster open(int workers) throws Exception {
    return SparkCluster.open(settings("local[" + workers + "]"));
  }

  /** Waits until nothing runs on a cluster. */
  static void awaitNoJobs(SparkCluster cluster) throws InterruptedException {
    int jobs = jobs(cluster);
    for (int i = 0; i < 200 && jobs > 0; i++) {
      Thread.sleep(50);
      jobs = jobs(cluster);
    }
    assertThat(jobs).as("jobs that run").isZero();
  }

  private static int jobs(SparkCluster cluster) {
    return cluster.context().statusTracker().getActiveJobIds().length;
  }

  /** With the file systems that tests use. */
  static ClusterSettings settings(String master) {
    String temporary = System.getProperty("java.io.tmpdir");
    return new ClusterSettings(
        master,
        Map.of(
            "spark.hadoop.fs.viewfs.mounttable.food.link." + temporary,
            "file://" + temporary,
            "spark.hadoop.fs.unreliable.impl",
            UnreliableFiles.class.getName()));
  }
}
