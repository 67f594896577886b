package org.food4j.train.cluster;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Spark cluster, and how it is used.
 *
 * @param master Spark's master URL: {@code local[2]}, {@code spark://host:7077}; {@code yarn} with
 *     {@code spark-yarn_2.12} and {@code k8s://...} with {@code spark-kubernetes_2.12} on the class
 *     path
 * @param settings Spark's own, such as {@code spark.executor.memory}; they count more than this
 *     library's
 */
public record ClusterSettings(String master, Map<String, String> settings) {
  private static final Pattern LOCAL =
      Pattern.compile("local(?:\\[\\s*(\\d+|\\*)\\s*(?:,\\s*\\d+\\s*)?])?");

  /**
   * Copies the settings.
   *
   * @throws IllegalArgumentException if the master is no such URL, or a setting is none of Spark's
   */
  public ClusterSettings {
    if (threads(master).isEmpty()
        && !master.equals("yarn")
        && !master.matches("(?:spark|k8s)://.+")) {
      throw new IllegalArgumentException(
          "A Spark master is local[2], spark://host:7077, yarn or k8s://https://host:443, not '%s'"
              .formatted(master));
    }
    settings = Map.copyOf(settings);
    for (String key : settings.keySet()) {
      if (!key.startsWith("spark.")) {
        throw new IllegalArgumentException(
            "Spark's settings begin with spark., as spark.executor.memory does, not '%s'"
                .formatted(key));
      }
    }
  }

  /** Whether the workers are threads of this process. */
  public boolean isLocal() {
    return threads(master).isPresent();
  }

  /**
   * How many workers there are, if the master's URL says so.
   *
   * @throws IllegalArgumentException if it does not
   */
  public int workers() {
    return threads(master)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "How many workers train changes what comes of it, and %s does not say it: set workers in the recipe"
                        .formatted(master)));
  }

  /** How many threads of its process a master's URL names, if its workers are such. */
  static OptionalInt threads(String master) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return OptionalInt.empty();
    }
    if (local.group(1) == null) {
      return OptionalInt.of(1);
    }
    return OptionalInt.of(
        local.group(1).equals("*")
            ? Runtime.getRuntime().availableProcessors()
            : Integer.parseInt(local.group(1)));
  }
}
