package org.food4j.data.scan;

import java.util.Comparator;
import java.util.Locale;
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

  /** What a rejection is about. */
  public enum Kind {
    /** The file is no usable photo. */
    UNUSABLE,
    /** The same bytes as another photo of the class. */
    DUPLICATE,
    /** The same picture as one of another class. */
    CONTRADICTORY,
    /** A large class did not need it. */
    UNDER_SAMPLED
  }

  private static final String UNDER_SAMPLED = "under-sampled: ";
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

  /**
   * A photo that a large class did not need.
   *
   * @param used photos of the class that are part of the data set
   * @param found photos of the class that could be
   */
  public static Rejection underSampled(String path, int used, int found) {
    return new Rejection(
        path,
        String.format(
            Locale.ROOT, "%s%d of the class's %d photos are used", UNDER_SAMPLED, used, found));
  }

  /** What the reason is about. */
  public Kind kind() {
    if (reason.startsWith(UNDER_SAMPLED)) {
      return Kind.UNDER_SAMPLED;
    }
    if (reason.startsWith(DUPLICATE)) {
      return Kind.DUPLICATE;
    }
    return reason.startsWith(CONTRADICTORY) ? Kind.CONTRADICTORY : Kind.UNUSABLE;
  }

  /** The path of the photo that this one repeats or contradicts, if that is the reason. */
  public Optional<String> other() {
    return switch (kind()) {
      case DUPLICATE -> Optional.of(reason.substring(DUPLICATE.length()));
      case CONTRADICTORY -> {
        // "PATH (CLASS)", where the path begins with the class.
        String named = reason.substring(CONTRADICTORY.length());
        int end = named.length() - named.indexOf('/') - " ()".length();
        yield Optional.of(named.substring(0, end));
      }
      case UNUSABLE, UNDER_SAMPLED -> Optional.empty();
    };
  }
}
