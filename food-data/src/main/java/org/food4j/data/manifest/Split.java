package org.food4j.data.manifest;

import java.util.Locale;

/** The part of a data set that a photo belongs to. */
public enum Split {
  /** The photos that the weights are fitted to. */
  TRAIN,
  /** The photos that choose the best epoch. */
  VALIDATION,
  /** The photos that the reported figures come from, used for nothing else. */
  TEST;

  /** The name in files and on the command line: {@code train}, {@code validation}, {@code test}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The split of that name.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Split of(String key) {
    for (Split split : values()) {
      if (split.key().equals(key)) {
        return split;
      }
    }
    throw new IllegalArgumentException(
        "There is no split '" + key + "': use train, validation or test");
  }
}
