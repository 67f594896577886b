package org.food4j.train.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What becomes a row of a leader board: trainings that differ in their seed alone.
 *
 * @param name of the combination, or of the run
 * @param swept whether it comes from a sweep
 * @param values by the keys that were swept
 * @param planned epochs of the whole training, where a halving has not gone on to them; otherwise
 *     empty
 * @param runs at least one
 */
record BoardEntry(
    String name,
    boolean swept,
    Map<String, String> values,
    OptionalInt planned,
    List<BoardRun> runs) {
  BoardEntry {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    runs = List.copyOf(runs);
  }
}
