package org.food4j.models.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much memory arrays take that live for some steps and share places, in the way of DL4J's
 * {@code ComputationGraph}: a new array goes to the place that was freed last, or to a new one, and
 * a place stays as large as the largest array that it ever held.
 */
final class ArrayPool {
  private final List<Long> places = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Map<Integer, List<Integer>> freedAt = new HashMap<>();

  /**
   * Puts an array into a place.
   *
   * @param bytes of the array
   * @param lastStep the step behind which its place is free
   */
  void put(long bytes, int lastStep) {
    int place;
    if (free.isEmpty()) {
      place = places.size();
      places.add(bytes);
    } else {
      place = free.pop();
      places.set(place, Math.max(places.get(place), bytes));
    }
    freedAt.computeIfAbsent(lastStep, step -> new ArrayList<>()).add(place);
  }

  /** Ends a step. */
  void endStep(int step) {
    freedAt.getOrDefault(step, List.of()).forEach(free::push);
  }

  /** What all places have grown to. */
  long bytes() {
    return places.stream().mapToLong(Long::longValue).sum();
  }
}
