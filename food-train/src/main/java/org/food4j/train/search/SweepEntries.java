package org.food4j.train.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.food4j.train.recipe.RecipeFile;

/**
 * What a sweep adds to a leader board.
 *
 * @param keys that it sweeps
 * @param entries one per candidate that has been trained
 */
record SweepEntries(List<String> keys, List<BoardEntry> entries) {
  /** Of each candidate the round that it got to; of a sweep that is not done what is there. */
  static SweepEntries read(Path directory) throws IOException {
    SweepDirectory sweep = new SweepDirectory(directory);
    SweepDocument plan = sweep.plan();
    List<BoardEntry> entries = new ArrayList<>();
    for (SweepDocument.Combination combination : plan.candidates()) {
      List<List<SweepDocument.Training>> rungs = combination.rungs();
      int planned = rungs.get(rungs.size() - 1).get(0).epochs();
      List<BoardRun> furthest = List.of();
      for (List<SweepDocument.Training> rung : rungs) {
        List<BoardRun> runs = new ArrayList<>();
        for (SweepDocument.Training training : rung) {
          Path run = sweep.run(training.name());
          if (Files.isDirectory(run)) {
            runs.add(BoardRun.read(run));
          }
        }
        furthest = runs.isEmpty() ? furthest : runs;
      }
      if (!furthest.isEmpty()) {
        entries.add(
            new BoardEntry(
                combination.name(),
                true,
                combination.values(),
                furthest.stream().anyMatch(run -> run.isStoppedBefore(planned))
                    ? OptionalInt.of(planned)
                    : OptionalInt.empty(),
                furthest));
      }
    }
    return new SweepEntries(plan.keys(), entries);
  }

  /**
   * Adds a run that is no sweep's: to an entry that it differs from in its seed alone, or anew. A
   * repeat with the same seed is no further seed, and has a row of its own.
   */
  static void add(List<BoardEntry> entries, String name, BoardRun run) {
    for (int i = 0; i < entries.size(); i++) {
      BoardEntry entry = entries.get(i);
      if (!entry.swept() && isAnotherSeed(run, entry.runs())) {
        List<BoardRun> runs = new ArrayList<>(entry.runs());
        runs.add(run);
        entries.set(i, new BoardEntry(entry.name(), false, Map.of(), entry.planned(), runs));
        return;
      }
    }
    entries.add(new BoardEntry(name, false, Map.of(), run.planned(), List.of(run)));
  }

  private static boolean isAnotherSeed(BoardRun run, List<BoardRun> others) {
    return unseeded(others.get(0)).equals(unseeded(run))
        && others.get(0).planned().equals(run.planned())
        && others.stream().noneMatch(other -> other.recipe().seed() == run.recipe().seed());
  }

  private static Map<String, String> unseeded(BoardRun run) {
    Map<String, String> values = RecipeFile.describe(run.recipe());
    values.remove(SearchSpace.SEED);
    return values;
  }

  /** The values of some keys: as swept, else the recipe's. */
  static Map<String, String> values(BoardEntry entry, List<String> keys) {
    Map<String, String> recipe = RecipeFile.describe(entry.runs().get(0).recipe());
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : keys) {
      values.put(key, RecipeFile.unquoted(entry.values().getOrDefault(key, recipe.get(key))));
    }
    return values;
  }
}
