package org.food4j.train.cluster;

import java.util.Map;

/** Spark in this process, as tests start it. */
final class LocalSpark {
  /**
   * This machine's temporary files by way of a Hadoop file system, which is copied from as HDFS is.
   */
  static final String MOUNTED = "viewfs://food";

  private LocalSpark() {}

  static SparkCluster open(int workers) throws Exception {
    String temporary = System.getProperty("java.io.tmpdir");
    return SparkCluster.open(
        new ClusterSettings(
            "local[" + workers + "]",
            Map.of(
                "spark.hadoop.fs.viewfs.mounttable.food.link." + temporary,
                "file://" + temporary)));
  }
}
