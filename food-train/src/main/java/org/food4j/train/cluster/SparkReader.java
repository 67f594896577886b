package org.food4j.train.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.food4j.data.scan.Examined;
import org.food4j.data.scan.PhotoFile;
import org.food4j.data.scan.PhotoReader;
import org.food4j.data.scan.Progress;

/**
 * Reads photos by the tasks of a cluster.
 *
 * @param root that the files' paths are relative to, as the workers see it
 * @param pixelLimit the most pixels a photo may have, width x height
 */
record SparkReader(SparkCluster cluster, String root, int pixelLimit) implements PhotoReader {
  private static final long MILLIS_BETWEEN_LOOKS = 200;

  @Override
  public void read(List<PhotoFile> files, Progress progress, Consumer<Examined> found)
      throws IOException {
    if (files.isEmpty()) {
      return;
    }
    start(files, progress).forEach(found);
  }

  private List<Examined> start(List<PhotoFile> files, Progress progress) throws IOException {
    LongAccumulator done;
    JavaFutureAction<List<Examined>> job;
    try {
      JavaSparkContext spark = cluster.context();
      done = spark.sc().longAccumulator("photos read");
      job =
          spark
              .parallelize(files, cluster.parts(files.size()))
              .mapPartitions(new ReadingTask(root, pixelLimit, done))
              .collectAsync();
    } catch (Exception e) { // Scala declares none of those that it throws
      throw failed(e);
    }
    try {
      return await(job, done, files.size(), progress);
    } finally {
      if (!job.isDone()) {
        job.cancel(true);
      }
    }
  }

  private List<Examined> await(
      JavaFutureAction<List<Examined>> job, LongAccumulator done, int total, Progress progress)
      throws IOException {
    int told = 0;
    try {
      while (true) {
        try {
          List<Examined> found = job.get(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
          progress.update(total, total);
          return found;
        } catch (TimeoutException e) {
          // Not done yet. A task that was repeated counts twice.
          int now = (int) Math.min(done.value(), total - 1L);
          if (now > told) {
            told = now;
            progress.update(now, total);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a cluster read photos");
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private ClusterException failed(Exception e) {
    return cluster.failed("The photos of %s could not be read".formatted(root), e);
  }
}
