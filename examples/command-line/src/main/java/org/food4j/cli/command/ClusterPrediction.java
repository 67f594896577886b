package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.cluster.AnswerFormat;
import org.food4j.train.cluster.BatchPrediction;
import org.food4j.train.cluster.ClusterSettings;
import org.food4j.train.cluster.SparkCluster;
import org.food4j.train.cluster.SparkLibrary;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prediction of a folder's photos by a Spark cluster. */
final class ClusterPrediction {
  @Mixin private SparkOptions spark;

  @Option(
      names = "--photos",
      paramLabel = "DIR|URL",
      description =
          "With --spark-master: the folder of photos, in any Hadoop file system, such as"
              + " hdfs://host/photos.")
  private String photos;

  @Option(
      names = "--out",
      paramLabel = "DIR|URL",
      description = "With --spark-master: a new folder for the answers, part-00000 and so on.")
  private String out;

  @Option(
      names = "--format",
      paramLabel = "jsonl|csv",
      completionCandidates = Formats.class,
      converter = Formats.class,
      description = "With --spark-master: what the answers are (default: jsonl).")
  private AnswerFormat format;

  /** The option's values. */
  static final class Formats extends Choice<AnswerFormat> {
    Formats() {
      super(AnswerFormat.class, format -> format.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Whether a cluster is named. */
  boolean isWanted() {
    Optional<ClusterSettings> settings = spark.cluster();
    if (settings.isEmpty() && (photos != null || out != null || format != null)) {
      throw new UsageException(
          "--photos, --out and --format are about a cluster: name it by --spark-master");
    }
    return settings.isPresent();
  }

  /**
   * Predicts.
   *
   * @return the exit code
   */
  int run(Terminal terminal, Path model, int top, JsonOption json) throws IOException {
    if (photos == null || out == null) {
      throw new UsageException("--spark-master needs --photos and --out");
    }
    if (!Files.isRegularFile(model)) {
      throw new UsageException(
          "A cluster predicts with an .onnx file, which %s is not: export the run first"
              .formatted(model));
    }
    ClusterSettings settings = spark.cluster().orElseThrow();
    SparkLibrary.require(settings);
    BatchPrediction prediction =
        new BatchPrediction(
            model, photos, out, Optional.ofNullable(format).orElse(AnswerFormat.JSONL), top);
    BatchPrediction.Outcome outcome;
    try (SparkCluster cluster = SparkCluster.open(settings)) {
      outcome = prediction.run(cluster);
    }
    json.print(
        terminal,
        outcome,
        () ->
            terminal.print(
                "Answers about %s photos: %s; %s could not be read"
                    .formatted(outcome.photos(), out, outcome.unreadable())));
    return outcome.unreadable() == 0 ? 0 : 1;
  }
}
