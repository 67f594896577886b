package org.food4j.train.cluster;

import java.util.List;

/** Whether Spark is on the class path, asked without needing it. */
public final class SparkLibrary {
  private SparkLibrary() {}

  /**
   * Checks that it is.
   *
   * @throws ClusterException if it is not, or is not whole
   */
  public static void require() throws ClusterException {
    for (String name : List.of("org.apache.spark.SparkConf", "org.apache.hadoop.fs.FileSystem")) {
      require(
          name,
          "%s is not on the class path: add org.apache.spark:spark-core_2.12, or start by examples/food"
              .formatted(name));
    }
  }

  /**
   * Checks that the module for a kind of cluster is there, too, where Spark has one apart.
   *
   * @throws ClusterException if it is not
   */
  public static void require(ClusterSettings settings) throws ClusterException {
    require();
    String master = settings.master();
    if (master.equals("yarn")) {
      require(
          "org.apache.spark.scheduler.cluster.YarnClusterManager", add(master, "spark-yarn_2.12"));
    } else if (master.startsWith("k8s://")) {
      require(
          "org.apache.spark.scheduler.cluster.k8s.KubernetesClusterManager",
          add(master, "spark-kubernetes_2.12"));
    }
  }

  private static String add(String master, String module) {
    return "Spark's module for %s is not on the class path: add org.apache.spark:%s, of Spark's own version, and what it needs (examples/food takes jars in FOOD_CLASS_PATH, and the cluster's settings in HADOOP_CONF_DIR)"
        .formatted(master, module);
  }

  private static void require(String name, String missing) throws ClusterException {
    try {
      Class.forName(name, false, SparkLibrary.class.getClassLoader());
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new ClusterException(missing, e);
    }
  }
}
