package org.food4j.train.cluster;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.security.AccessControlException;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.scan.PhotoListing;
import org.food4j.data.scan.PhotoTree;

/**
 * A folder of a Hadoop file system.
 *
 * @param cluster whose settings say how it is read
 * @param place with its scheme
 */
record HadoopTree(SparkCluster cluster, String place) implements PhotoTree {
  /**
   * Checks that there is a folder.
   *
   * @throws IllegalArgumentException if there is none
   */
  void requireFolder() throws ClusterException {
    Optional<Boolean> isFolder = attempt("be looked at", () -> HadoopFiles.isFolder(place));
    if (isFolder.isEmpty()) {
      throw new IllegalArgumentException("There is no folder " + place);
    }
    if (!isFolder.get()) {
      throw new IllegalArgumentException(
          place.toLowerCase(Locale.ROOT).endsWith(".zip")
              ? "%s is a zip, which is read from this machine alone: copy it here and name it by its path, or name a folder that holds what is in it"
                  .formatted(place)
              : "%s is a file: name the folder that holds a folder of photos per class"
                  .formatted(place));
    }
  }

  @Override
  public List<Entry> list() throws ClusterException {
    requireFolder();
    return attempt("be listed", () -> HadoopFiles.entries(place));
  }

  @Override
  public PhotoTree folder(String name) {
    return new HadoopTree(cluster, place + "/" + name);
  }

  @Override
  public byte[] read(String name) throws IOException {
    String file = place + "/" + name;
    try {
      return HadoopFiles.read(file);
    } catch (AccessControlException | AccessDeniedException e) {
      // no reason to end here: it will be among the rejected
      throw new PhotoException("no permission to read " + file, e);
    } catch (IOException e) {
      throw cluster.failed(file + " cannot be read", e);
    }
  }

  @Override
  public PhotoListing listing() throws ClusterException {
    List<String> folders = list().stream().filter(Entry::isFolder).map(Entry::name).toList();
    return PhotoListing.ofNames(
        place, folders, attempt("be listed", () -> HadoopFiles.stamps(place)));
  }

  private <T> T attempt(String what, Callable<T> call) throws ClusterException {
    try {
      return call.call();
    } catch (Exception e) { // clients of file systems throw what they like
      throw cluster.failed("%s cannot %s".formatted(place, what), e);
    }
  }
}
