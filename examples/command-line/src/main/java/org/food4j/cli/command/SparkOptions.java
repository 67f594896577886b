package org.food4j.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.food4j.train.cluster.ClusterSettings;
import picocli.CommandLine.Option;

/** Which Spark cluster does the work, if one does. */
final class SparkOptions {
  @Option(
      names = "--spark-master",
      paramLabel = "URL",
      description =
          "Have a Spark cluster do it: local[2] or spark://host:7077; with Spark's module for it in"
              + " FOOD_CLASS_PATH also yarn or k8s://... The first time, Spark is downloaded.")
  private String master;

  @Option(
      names = "--spark-conf",
      paramLabel = "key=value",
      description = "A setting of Spark's, such as spark.executor.memory=4g; may be given again.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** The cluster; empty if none is named. */
  Optional<ClusterSettings> cluster() {
    if (master == null) {
      if (!settings.isEmpty()) {
        throw new UsageException("--spark-conf is about a cluster: name it by --spark-master");
      }
      return Optional.empty();
    }
    return Optional.of(new ClusterSettings(master, settings));
  }
}
