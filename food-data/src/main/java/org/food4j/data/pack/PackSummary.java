package org.food4j.data.pack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a pack holds.
 *
 * @param counts of its photos
 * @param bytes of all photos together
 * @param renamed folders of classes whose names not every operating system can hold: the class's
 *     name to the folder's, in the labels' order
 */
public record PackSummary(Counts counts, long bytes, Map<String, String> renamed) {
  /**
   * Numbers of photos, a file each.
   *
   * @param classes that the data set has
   * @param photos different ones
   * @param copies files that repeat a photo
   * @param train files of the training part, copies included
   * @param validation files of the validation part
   * @param test files of the test part
   */
  public record Counts(int classes, int photos, int copies, int train, int validation, int test) {}

  /** Copies the names. */
  public PackSummary {
    renamed = Collections.unmodifiableMap(new LinkedHashMap<>(renamed));
  }
}
