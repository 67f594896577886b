package org.food4j.train.cluster;

/** Whether Spark is on the class path, asked without needing it. */
public final class SparkLibrary {
  private SparkLibrary() {}

  /**
   * Checks that it is.
   *
   * @throws ClusterException if it is not, or is not whole
   */
  public static void require() throws ClusterException {
    for (String name :
        new String[] {"org.apache.spark.SparkConf", "org.apache.hadoop.fs.FileSystem"}) {
      try {
        Class.forName(name, false, SparkLibrary.class.getClassLoader());
      } catch (ClassNotFoundException | NoClassDefFoundError e) {
        throw new ClusterException(
            "%s is not on the class path: add org.apache.spark:spark-core_2.12, or start by examples/food"
                .formatted(name),
            e);
      }
    }
  }
}
