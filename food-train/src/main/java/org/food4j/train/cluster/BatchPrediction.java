package org.food4j.train.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoFormat;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.RuntimeSettings;

/**
 * What a model file says of all photos in a folder, computed by a cluster. The folder and the
 * answers may lie in any Hadoop file system.
 *
 * <p>The answers are files {@code part-00000}, {@code part-00001} and so on in {@code out}, in the
 * order of the photos' paths, and an empty {@code _SUCCESS} that is written last: without it the
 * folder is not whole. A record a photo, see {@link AnswerFormat}. They are written beside {@code
 * out} first, in {@code .NAME.UUID.tmp}, and moved there when all of them are; whatever fails
 * before leaves nothing.
 *
 * @param model an {@code .onnx} file of this library, on this machine; every worker gets a copy
 * @param photos a folder, folders inside it included; all files count whose names end as photos' do
 * @param out a folder that is not there yet, where all machines see it
 * @param format of the records
 * @param top labels a photo, at least 1
 */
public record BatchPrediction(Path model, String photos, String out, AnswerFormat format, int top) {

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
   * @throws org.food4j.models.onnx.UnreadableModelException if the model is missing, damaged, or
   *     has no card
   * @throws ClusterException if the cluster cannot do it; if this thread was interrupted, it still
   *     is, and the cluster has stopped working on it
   */
  public Outcome run(SparkCluster cluster) throws IOException {
    // before anything is sent to a cluster, and with the file's own name
    PhotoClassifier.open(model, new NativePhotoDecoder(), RuntimeSettings.shared(1)).close();
    try {
      List<String> found =
          HadoopFiles.list(photos).stream().filter(PhotoFormat::hasEnding).toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "%s holds no files that end in %s".formatted(photos, PhotoFormat.endings()));
      }
      return new Outcome(found.size(), predict(cluster, found));
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) { // Scala declares none of those that it throws
      throw cluster.failed("The photos of %s could not be predicted".formatted(photos), e);
    }
  }

  /** Writes the answers, and counts the photos that cannot be read. */
  private long predict(SparkCluster cluster, List<String> found) throws IOException {
    JavaSparkContext spark = cluster.context();
    LongAccumulator unreadable = spark.sc().longAccumulator("unreadable photos");
    int parts = cluster.parts(found.size());
    try (HadoopFolder folder = new HadoopFolder(out);
        SharedModel shared = new SharedModel(model, spark)) {
      cluster.run(
          () ->
              spark
                  .parallelize(found, parts)
                  .mapPartitions(new PredictionTask(shared, format, top, unreadable))
                  .saveAsTextFile(folder.unfinished()));
      folder.finish(parts);
    }
    return unreadable.value();
  }
}
