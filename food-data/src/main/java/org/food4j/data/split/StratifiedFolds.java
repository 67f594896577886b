package org.food4j.data.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.scan.LookAlike;

/**
 * Photos dealt into folds for cross-validation: each class evenly, photos that look alike together.
 */
public final class StratifiedFolds {
  private StratifiedFolds() {}

  /**
   * Deals photos. The same photos and seed give the same folds, in whatever order they come.
   *
   * @param photos no copies
   * @param labels the photos' classes
   * @param alike pairs that may not be parted; others than the photos do not count
   * @param folds at least 2
   * @return the photos of each fold, in the order given
   * @throws IllegalArgumentException if there are fewer than two folds, or a class has fewer photos
   *     than there are folds, those that look alike counted as one; the message names it
   */
  public static List<List<ManifestEntry>> of(
      List<ManifestEntry> photos, Labels labels, List<LookAlike> alike, int folds, long seed) {
    List<List<ManifestEntry>> groups = groups(photos, alike);
    requireEnough(groups, labels, folds);
    int[][] dealt =
        new int[folds][1 + photos.stream().mapToInt(ManifestEntry::label).max().orElse(0)];
    Map<String, Integer> foldOf = new HashMap<>();
    for (List<ManifestEntry> group : shuffled(groups, seed)) {
      int label = group.get(0).label();
      int fold =
          IntStream.range(0, folds)
              .boxed()
              .min(
                  Comparator.<Integer>comparingInt(f -> dealt[f][label])
                      .thenComparingInt(f -> IntStream.of(dealt[f]).sum()))
              .orElseThrow();
      for (ManifestEntry photo : group) {
        dealt[fold][photo.label()]++;
        foldOf.put(photo.id(), fold);
      }
    }
    return IntStream.range(0, folds)
        .mapToObj(f -> photos.stream().filter(photo -> foldOf.get(photo.id()) == f).toList())
        .toList();
  }

  private static void requireEnough(List<List<ManifestEntry>> groups, Labels labels, int folds) {
    if (folds < 2) {
      throw new IllegalArgumentException("Cross-validation has at least 2 folds, not " + folds);
    }
    Map<Integer, Integer> counts = new TreeMap<>();
    groups.forEach(group -> counts.merge(group.get(0).label(), 1, Integer::sum));
    counts.forEach(
        (label, count) -> {
          if (count < folds) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "Class %s has %d photos, those that look alike counted as one: fewer than the %d folds; use fewer folds, or more photos",
                    labels.get(label).name(),
                    count,
                    folds));
          }
        });
  }

  /** Large groups first, while there is room for them. */
  private static List<List<ManifestEntry>> shuffled(List<List<ManifestEntry>> groups, long seed) {
    List<List<ManifestEntry>> order = new ArrayList<>(groups);
    order.sort(Comparator.comparing(group -> group.get(0).id()));
    Collections.shuffle(order, new Random(seed));
    order.sort(Comparator.<List<ManifestEntry>>comparingInt(List::size).reversed());
    return order;
  }

  private static List<List<ManifestEntry>> groups(
      List<ManifestEntry> photos, List<LookAlike> alike) {
    Map<String, String> parents = new HashMap<>();
    photos.forEach(photo -> parents.put(photo.path(), photo.path()));
    for (LookAlike pair : alike) {
      if (parents.containsKey(pair.path()) && parents.containsKey(pair.other())) {
        parents.put(leader(parents, pair.path()), leader(parents, pair.other()));
      }
    }
    Map<String, List<ManifestEntry>> groups = new LinkedHashMap<>();
    photos.stream()
        .sorted(Comparator.comparing(ManifestEntry::id))
        .forEach(
            photo ->
                groups
                    .computeIfAbsent(leader(parents, photo.path()), key -> new ArrayList<>())
                    .add(photo));
    return List.copyOf(groups.values());
  }

  private static String leader(Map<String, String> parents, String path) {
    String leader = path;
    while (!parents.get(leader).equals(leader)) {
      leader = parents.get(leader);
    }
    return leader;
  }
}
