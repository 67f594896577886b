package org.food4j.data.scan;

import java.util.Comparator;
import java.util.Optional;

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

  private static final String DUPLICATE = "duplicate of ";
  private static final String CONTRADICTORY = "contradictory labels: the same photo as ";

  /** A file with the same bytes as one of the same class that stays. */
  static Rejection duplicate(String path, String first) {
    return new Rejection(path, DUPLICATE + first);
  }

  /** A photo that another class holds as well. */
  static Rejection contradictory(String path, String other, String className) {
    return new Rejection(path, CONTRADICTORY + other + " (" + className + ")");
  }

  /** Whether another class holds the same photo. */
  public boolean isContradictory() {
    return reason.startsWith(CONTRADICTORY);
  }

  /** The path of the photo that this one repeats or contradicts, if that is the reason. */
  public Optional<String> other() {
    if (reason.startsWith(DUPLICATE)) {
      return Optional.of(reason.substring(DUPLICATE.length()));
    }
    if (!isContradictory()) {
      return Optional.empty();
    }
    // "PATH (CLASS)", where the path begins with the class.
    String named = reason.substring(CONTRADICTORY.length());
    return Optional.of(named.substring(0, named.length() - named.indexOf('/') - " ()".length()));
  }
}
