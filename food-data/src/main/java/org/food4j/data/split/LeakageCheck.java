package org.food4j.data.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.duplicate.NearDuplicates;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;

/** Makes sure that no photo, nor one that looks like it, stands on both sides of a split. */
public final class LeakageCheck {
  private LeakageCheck() {}

  /**
   * Checks the lines of a manifest.
   *
   * @param nearDuplicateDistance bits in which the perceptual hashes of near duplicates may differ,
   *     0 to 15
   * @throws IllegalStateException if near duplicates lie in different splits, or a copy outside the
   *     training part; the message names the photos
   */
  public static void verify(List<ManifestEntry> entries, int nearDuplicateDistance) {
    int[] groups =
        NearDuplicates.groups(
            entries.stream()
                .mapToLong(entry -> Long.parseUnsignedLong(entry.perceptualHash(), 16))
                .toArray(),
            nearDuplicateDistance);
    Map<String, ManifestEntry> bySha256 = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      ManifestEntry entry = entries.get(i);
      requireSameSplit(entry, entries.get(groups[i]));
      requireSameSplit(entry, bySha256.computeIfAbsent(entry.sha256(), key -> entry));
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
