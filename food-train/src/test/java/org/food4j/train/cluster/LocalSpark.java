package org.food4j.train.cluster;

import java.net.URI;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Spark in this process, as tests start it. */
final class LocalSpark {
  private LocalSpark() {}

  /** This machine's files under another scheme, which is copied from as HDFS is. */
  public static final class MountedFiles extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("mounted:///");
    }
  }

  static SparkCluster open(int workers) throws Exception {
    return SparkCluster.open(
        new ClusterSettings(
            "local[" + workers + "]",
            Map.of("spark.hadoop.fs.mounted.impl", MountedFiles.class.getName())));
  }
}
