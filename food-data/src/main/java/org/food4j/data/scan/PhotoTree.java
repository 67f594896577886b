package org.food4j.data.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A folder of photos, on this machine or elsewhere. */
public interface PhotoTree {
  /** What an {@link Entry} is. */
  enum Kind {
    /** A folder. */
    FOLDER,
    /** A regular file. */
    FILE,
    /** A pipe, a link to nothing, and the like. */
    OTHER
  }

  /**
   * What lies directly in a folder.
   *
   * @param name without the folder's
   * @param kind of what it is; links are followed
   * @param size of a file in bytes
   * @param isReadable whether reading it is allowed, as far as can be told without
   */
  record Entry(String name, Kind kind, long size, boolean isReadable) {
    /** Whether it is a folder. */
    public boolean isFolder() {
      return kind == Kind.FOLDER;
    }

    /** Whether it is a regular file. */
    public boolean isFile() {
      return kind == Kind.FILE;
    }
  }

  /** The folder's path or URL. */
  String place();

  /**
   * What lies directly in the folder, sorted by name.
   *
   * @throws IllegalArgumentException if there is no such folder
   * @throws IOException if it cannot be listed
   */
  List<Entry> list() throws IOException;

  /** A folder that lies directly in this one. */
  PhotoTree folder(String name);

  /**
   * A file that lies directly in the folder.
   *
   * @throws IOException if it cannot be read
   */
  byte[] read(String name) throws IOException;

  /**
   * All files below the folder, whose folders are the classes.
   *
   * @throws IllegalArgumentException if there is no such folder, no class folder in it, or one
   *     whose name cannot be read
   * @throws IOException if it cannot be listed
   */
  PhotoListing listing() throws IOException;

  /** A folder of this machine. */
  static PhotoTree of(Path folder) {
    return new LocalTree(folder);
  }
}
