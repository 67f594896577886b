package org.food4j.data.scan;

import java.util.Comparator;
import org.food4j.data.duplicate.NearDuplicates;

/**
 * One line of {@code near_duplicates.csv}: two photos that look alike.
 *
 * @param path of one of them, relative to the photo root, with {@code /} between folders
 * @param other path of the other, before {@code path} in the alphabet
 * @param similarity of the aligned photos, {@link NearDuplicates#ALIKE} to 1
 * @param mirrored whether one is the mirror image of the other
 */
public record LookAlike(String path, String other, double similarity, boolean mirrored) {
  /** The order in {@code near_duplicates.csv}. */
  public static final Comparator<LookAlike> BY_PATH =
      Comparator.comparing(LookAlike::path).thenComparing(LookAlike::other);

  /**
   * Orders the two photos.
   *
   * @throws IllegalArgumentException if the similarity is not between -1 and 1
   */
  public LookAlike {
    if (!(similarity >= -1 && similarity <= 1)) {
      throw new IllegalArgumentException(
          "A similarity lies between -1 and 1, not at %s: %s".formatted(similarity, path));
    }
    if (path.compareTo(other) < 0) {
      String first = path;
      path = other;
      other = first;
    }
  }

  /** Whether both show the same picture; if not, they are too alike for two splits. */
  public boolean isSame() {
    return similarity >= NearDuplicates.SAME;
  }
}
