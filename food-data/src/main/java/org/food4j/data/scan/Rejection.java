package org.food4j.data.scan;

import java.util.Comparator;

/**
 * One line of {@code rejected.csv}: a file that is not part of the data set.
 *
 * @param path relative to the photo root, with {@code /} between folders
 * @param reason why, in a few words
 */
public record Rejection(String path, String reason) implements Finding {
  /** The order in {@code rejected.csv}. */
  public static final Comparator<Rejection> BY_PATH =
      Comparator.comparing(Rejection::path).thenComparing(Rejection::reason);
}
