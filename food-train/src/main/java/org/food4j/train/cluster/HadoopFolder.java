package org.food4j.train.cluster;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A new folder of a Hadoop file system, which is there when it is whole: it is filled beside its
 * place first, in {@code .NAME.UUID.tmp}, which is deleted by {@link #close()}, and again when the
 * process ends, should a task not have heard of its end. What a killed process has left there
 * blocks nobody.
 */
final class HadoopFolder implements AutoCloseable {
  /** Says to readers of Hadoop's that a folder is whole. */
  private static final String SUCCESS = "_SUCCESS";

  private final String given;
  private final FileSystem system;
  private final Path place;
  private final Path beside;

  /**
   * Makes the folder beside.
   *
   * @throws IllegalArgumentException if there is something at the place already
   */
  HadoopFolder(String place) throws IOException {
    given = place;
    Path path = HadoopFiles.path(place);
    system = HadoopFiles.system(path);
    this.place = system.makeQualified(path);
    refuseExisting();
    beside =
        new Path(this.place.getParent(), ".%s.%s.tmp".formatted(path.getName(), UUID.randomUUID()));
    system.mkdirs(beside);
    system.deleteOnExit(beside);
  }

  private void refuseExisting() throws IOException {
    if (system.exists(place)) {
      throw new IllegalArgumentException(
          "There is something at %s already: name a folder that is not there yet".formatted(given));
    }
  }

  /** Where the files are written to until they are whole; not there yet. */
  String unfinished() {
    return filled().toString();
  }

  private Path filled() {
    return new Path(beside, "filled");
  }

  /**
   * Moves what was written into place. A file system whose renaming copies, as those of object
   * stores do, has a part of it there for a while: {@code _SUCCESS} comes last.
   *
   * @param parts that Spark wrote
   * @throws IOException if one of them is missing, or it cannot be moved
   */
  void finish(int parts) throws IOException {
    int written = 0;
    for (FileStatus file : system.listStatus(filled())) {
      written += file.getPath().getName().startsWith("part-") ? 1 : 0;
    }
    if (written != parts) {
      throw new IOException(
          "%s has to lie in a file system that all machines share: %s of %s parts have arrived there"
              .formatted(given, written, parts));
    }
    system.delete(new Path(filled(), SUCCESS), false);
    refuseExisting();
    if (!system.rename(filled(), place)) {
      throw new IOException("%s could not be renamed to %s".formatted(filled(), place));
    }
    system.create(new Path(place, SUCCESS), false).close();
    system.cancelDeleteOnExit(beside);
  }

  @Override
  public void close() throws IOException {
    system.delete(beside, true);
  }
}
