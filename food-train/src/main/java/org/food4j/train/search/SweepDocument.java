package org.food4j.train.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The form of {@code sweep.json}. */
record SweepDocument(
    String strategy,
    String trials,
    long seed,
    int eta,
    int minEpochs,
    String dataset,
    String datasetFingerprint,
    List<String> keys,
    List<Combination> candidates) {
  /** A {@link Candidate}. */
  record Combination(String name, Map<String, String> values, List<List<Training>> rungs) {}

  /** A {@link Trial}. */
  record Training(String name, int epochs, Map<String, String> recipe) {}

  /**
   * How another sweep differs, but for the place of its data set.
   *
   * @return sentences, the first few of them; empty if it does not
   */
  List<String> differences(SweepDocument other) {
    List<String> all = new ArrayList<>();
    difference(all, "strategy", strategy, other.strategy);
    difference(all, "trials", trials, other.trials);
    difference(all, "seed", seed, other.seed);
    difference(all, "eta", eta, other.eta);
    difference(all, "min_epochs", minEpochs, other.minEpochs);
    difference(all, "the data set's fingerprint", datasetFingerprint, other.datasetFingerprint);
    difference(all, "the swept keys", keys, other.keys);
    if (all.isEmpty()) {
      List<Training> mine = trainings();
      List<Training> others = other.trainings();
      difference(all, "the number of trainings", mine.size(), others.size());
      for (int i = 0; i < Math.min(mine.size(), others.size()) && all.isEmpty(); i++) {
        Training one = mine.get(i);
        Training another = others.get(i);
        difference(all, "training " + (i + 1), one.name(), another.name());
        difference(all, "the epochs of " + one.name(), one.epochs(), another.epochs());
        one.recipe()
            .forEach(
                (key, value) ->
                    difference(all, key + " of " + one.name(), value, another.recipe().get(key)));
      }
    }
    return all;
  }

  private List<Training> trainings() {
    return candidates.stream().flatMap(c -> c.rungs().stream()).flatMap(List::stream).toList();
  }

  private static void difference(List<String> all, String what, Object was, Object is) {
    if (!Objects.equals(was, is)) {
      all.add("%s was %s and is %s".formatted(what, was, is));
    }
  }
}
