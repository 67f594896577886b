package org.food4j.data.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.PhotoGroups;

/** Makes sure that no photo, nor one that looks like it, stands on both sides of a split. */
public final class LeakageCheck {
  private LeakageCheck() {}

  /**
   * Checks the lines of a manifest.
   *
   * @param groups which photos look alike
   * @throws IllegalStateException if near duplicates, or photos of linked groups, lie in different
   *     splits, or a copy outside the training part; the message names the photos
   */
  public static void verify(List<ManifestEntry> entries, PhotoGroups groups) {
    Map<String, ManifestEntry> byGroup = new HashMap<>();
    for (ManifestEntry entry : entries) {
      String group =
          groups.isLinked(entry.sha256()) ? "linked groups" : groups.leader(entry.sha256());
      requireSameSplit(entry, byGroup.computeIfAbsent(group, key -> entry));
      if (entry.isCopy() && entry.split() != Split.TRAIN) {
        throw new IllegalStateException(
            "A copy of %s is a %s photo: only training may repeat photos"
                .formatted(entry.path(), entry.split().key()));
      }
    }
  }

  private static void requireSameSplit(ManifestEntry one, ManifestEntry other) {
    if (one.split() != other.split()) {
      throw new IllegalStateException(
          "Leakage: %s (%s) and %s (%s) are near duplicates in different splits"
              .formatted(other.path(), other.split().key(), one.path(), one.split().key()));
    }
  }
}
