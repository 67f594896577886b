package org.food4j.train.cluster;

import java.nio.file.Path;

/**
 * Whether a text names a path of this machine or a place in a Hadoop file system. Needs no Spark.
 */
public final class PhotoPlace {
  private PhotoPlace() {}

  /**
   * Whether a place is a path: one of this machine's own, or one that all machines see alike. It
   * has no scheme, or {@code file:}; a single letter is a drive.
   */
  public static boolean isLocal(String place) {
    return !place.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+:.*") || place.startsWith("file:");
  }

  /**
   * The path of a local place; after {@code file:} characters stand for themselves, as Hadoop has
   * it.
   */
  public static Path local(String place) {
    return place.startsWith("file:")
        ? Path.of(
            place
                .substring("file:".length())
                .replaceFirst("^//[^/]*", "")
                .replaceFirst("^/(?=[A-Za-z]:)", ""))
        : Path.of(place);
  }
}
