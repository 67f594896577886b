package org.food4j.data.split;

import java.util.Locale;

/** What is done about classes of different size. */
public enum Balance {
  /**
   * Large classes are under-sampled to the number of photos per class, the training parts of small
   * ones filled up with copies.
   */
  COPIES,
  /** Large classes are under-sampled to the number of photos per class, small ones stay small. */
  NONE,
  /** Every photo is kept, none repeated: the numbers of photos are but a proportion. */
  EVERY_PHOTO;

  /** The name in files: {@code copies}, {@code none}, {@code every_photo}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
