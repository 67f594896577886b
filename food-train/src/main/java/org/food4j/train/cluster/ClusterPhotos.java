package org.food4j.train.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.food4j.data.manifest.Dataset;

/** A data set whose photos lie in a Hadoop file system. */
public final class ClusterPhotos {
  private ClusterPhotos() {}

  /**
   * Opens the data set for the process that trains, which validates, tests and shows samples: its
   * photos are copied, if the place is not a folder of this machine.
   *
   * @param cluster whose settings say how the file system is read
   * @param directory of the data set
   * @param photos the folder that the entries' paths are relative to, such as {@code
   *     hdfs://host/photos}
   * @param copies where photos are copied to; those that are there already are not copied again
   * @throws org.food4j.data.manifest.DatasetException as for {@link Dataset#open(Path)}
   * @throws IOException if a photo cannot be read, or is not the one that the data set was made of
   */
  public static Dataset open(SparkCluster cluster, Path directory, String photos, Path copies)
      throws IOException {
    if (cluster.context().sc().isStopped()) {
      throw new IllegalStateException(
          "The connection to %s has been closed".formatted(cluster.context().master()));
    }
    if (PhotoPlace.isLocal(photos)) {
      return Dataset.open(directory, PhotoPlace.local(photos));
    }
    Dataset dataset = Dataset.open(directory, Files.createDirectories(copies));
    HadoopFiles.copy(photos, dataset.entries(), copies);
    return dataset;
  }
}
