package org.food4j.data.prepare;

import java.io.IOException;
import java.nio.file.Path;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.scan.Progress;

/** The photos that a data set is made of, as somebody named them. */
public interface PhotoSource {
  /**
   * Finds the class folders and lists their files.
   *
   * @param dataset the place of the data set, which photos may be put beside; its lock is held
   * @param pixelLimit the most pixels a photo may have, width x height
   * @param threads photos decoded at the same time by this process, at least 1
   * @param unpacking told of each member of an archive
   * @throws IllegalArgumentException if there are no two class folders, or the data set would lie
   *     among the photos
   * @throws IOException if the photos cannot be listed, or an archive cannot be unpacked
   */
  PhotoSupply open(DirectoryPlace dataset, int pixelLimit, int threads, Progress unpacking)
      throws IOException;

  /**
   * Photos of this machine, which this process reads.
   *
   * @param photos a folder with a folder per class, or a folder or zip that holds one
   */
  static PhotoSource of(Path photos) {
    return new LocalPhotos(photos);
  }
}
