package org.food4j.data.page;

import java.util.List;
import java.util.stream.IntStream;

/** A few of many, evenly spaced over a list, so that what is shown is typical of all of it. */
public final class EvenPick {
  private EvenPick() {}

  /**
   * The middle element of each of {@code count} equal parts, in the list's order; the whole list
   * where it is not longer.
   *
   * @param count at least 0
   */
  public static <T> List<T> of(List<T> all, int count) {
    if (count >= all.size()) {
      return List.copyOf(all);
    }
    return IntStream.range(0, count)
        .mapToObj(part -> all.get((int) ((2L * part + 1) * all.size() / (2L * count))))
        .toList();
  }
}
