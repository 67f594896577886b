package org.food4j.train.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What a model file says of all photos in a folder, computed by a cluster. The folder and the
 * answers may lie in any Hadoop file system.
 *
 * <p>The answers are files {@code part-00000}, {@code part-00001} and so on in {@code out}, in the
 * order of the photos' paths, and an empty {@code _SUCCESS} that is written last: without it the
 * folder is not whole. A line a photo, see {@link AnswerFormat}.
 *
 * @param model an {@code .onnx} file of this library, on this machine; every worker gets a copy
 * @param photos a folder, folders inside it included
 * @param out a folder that is not there yet
 * @param format of the lines
 * @param top labels a photo, at least 1
 */
public record BatchPrediction(Path model, String photos, String out, AnswerFormat format, int top) {
  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif");

  /**
   * Checks the number of labels.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public BatchPrediction {
    if (top < 1) {
      throw new IllegalArgumentException("A photo gets at least one label, not " + top);
    }
  }

  /**
   * What was done.
   *
   * @param photos all of them
   * @param unreadable those among them that have an error in place of an answer; a part that was
   *     repeated after its worker was lost counts twice
   */
  public record Outcome(int photos, long unreadable) {}

  /**
   * Predicts.
   *
   * @throws IllegalArgumentException if there are no photos, or {@code out} is there already
   * @throws ClusterException if the cluster cannot do it
   */
  public Outcome run(SparkCluster cluster) throws ClusterException {
    JavaSparkContext spark = cluster.context();
    try {
      if (HadoopFiles.exists(out)) {
        throw new IllegalArgumentException(
            "There is something at %s already: name a folder that is not there yet".formatted(out));
      }
      List<String> found = new ArrayList<>();
      for (String file : HadoopFiles.list(photos)) {
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (ENDINGS.contains(ending)) {
          found.add(file);
        }
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "%s holds no files that end in %s"
                .formatted(photos, ENDINGS.stream().sorted().toList()));
      }
      spark.addFile(model.toAbsolutePath().toString());
      LongAccumulator unreadable = spark.sc().longAccumulator("unreadable photos");
      spark
          .parallelize(found, cluster.parts(found.size()))
          .mapPartitions(
              new PredictionTask(model.getFileName().toString(), format, top, unreadable))
          .saveAsTextFile(HadoopFiles.qualified(out));
      return new Outcome(found.size(), unreadable.value());
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) { // Scala declares none of those that it throws
      throw cluster.failed("The photos of %s could not be predicted".formatted(photos), e);
    }
  }
}
