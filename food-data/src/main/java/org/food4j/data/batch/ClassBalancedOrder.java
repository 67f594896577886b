package org.food4j.data.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.food4j.data.manifest.ManifestEntry;

/** The draws of {@link EpochOrder#CLASS_BALANCED}. */
final class ClassBalancedOrder {
  private final Map<Integer, List<ManifestEntry>> classes = new TreeMap<>();
  private final int perClass;

  ClassBalancedOrder(List<ManifestEntry> entries) {
    List<ManifestEntry> originals = entries.stream().filter(entry -> !entry.isCopy()).toList();
    for (ManifestEntry entry : originals) {
      classes.computeIfAbsent(entry.label(), label -> new ArrayList<>()).add(entry);
    }
    perClass = originals.isEmpty() ? 0 : (originals.size() - 1) / classes.size() + 1;
  }

  int length() {
    return Math.multiplyExact(perClass, classes.size());
  }

  /** One class after the other. */
  List<ManifestEntry> draws(long seed, int epoch) {
    List<ManifestEntry> draws = new ArrayList<>(length());
    classes.forEach((label, photos) -> draw(label, photos, seed, epoch, draws));
    return draws;
  }

  /** All epochs' draws of a class are one sequence of permutations; an epoch is a stretch of it. */
  private void draw(
      int label, List<ManifestEntry> photos, long seed, int epoch, List<ManifestEntry> draws) {
    Map<String, Integer> drawn = new TreeMap<>();
    long from = (long) epoch * perClass;
    List<ManifestEntry> permutation = List.of();
    for (long at = from; at < from + perClass; at++) {
      int place = (int) (at % photos.size());
      if (place == 0 || at == from) {
        permutation = new ArrayList<>(photos);
        Collections.shuffle(permutation, RandomStreams.round(seed, label, at / photos.size()));
      }
      ManifestEntry photo = permutation.get(place);
      int before = drawn.merge(photo.id(), 1, Integer::sum) - 1;
      draws.add(before == 0 ? photo : photo.copy(before));
    }
  }
}
