package org.food4j.data.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.file.FileStamp;

/** A {@link PhotoListing} in the making: the rules that hold however the files are found. */
final class ListedFiles {
  static final String GARBLED =
      "its name cannot be read in this system's character set, use LC_ALL=C.UTF-8 or rename it";

  /** Each name once, however many photos the class has. */
  private final Map<String, String> classes = new HashMap<>();

  private final List<PhotoFile> files = new ArrayList<>();
  private final List<Rejection> rejected = new ArrayList<>();

  /** Whether the platform's character set could not hold the name, which then names no file. */
  static boolean isGarbled(String name) {
    return name.indexOf('\ufffd') >= 0;
  }

  /**
   * Checks a class folder's name.
   *
   * @param place of the folder, for the message
   * @throws IllegalArgumentException if it is garbled: left out like a photo, a whole class would
   *     be missing from the model unnoticed
   */
  static void requireClassName(String name, Object place) {
    if (isGarbled(name)) {
      throw new IllegalArgumentException("The class folder " + place + ": " + GARBLED);
    }
  }

  /** A folder that lies directly in the photo folder. */
  void addClass(String name) {
    classes.putIfAbsent(name, name);
  }

  /** Whether a file lies in a class folder and can be named; if not, it is rejected. */
  boolean isPlaced(String path) {
    if (path.indexOf('/') < 0) {
      reject(path, "lies outside the class folders");
      return false;
    }
    if (isGarbled(path)) {
      reject(path, GARBLED);
      return false;
    }
    return true;
  }

  /** Adds a file that {@linkplain #isPlaced is placed}. */
  void add(String path, FileStamp stamp) {
    files.add(new PhotoFile(path, classes.get(path.substring(0, path.indexOf('/'))), stamp));
  }

  void reject(String path, String reason) {
    rejected.add(new Rejection(path, reason));
  }

  PhotoListing listing() {
    return new PhotoListing(List.copyOf(classes.keySet()), files, rejected);
  }
}
