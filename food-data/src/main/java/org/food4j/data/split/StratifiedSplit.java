package org.food4j.data.split;

import java.util.List;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.scan.Rejection;

/**
 * The outcome of a split.
 *
 * @param entries by label, then by path, copies after their original
 * @param leftOut photos that their large class did not need
 */
public record StratifiedSplit(List<ManifestEntry> entries, List<Rejection> leftOut) {
  /** Copies the lists. */
  public StratifiedSplit {
    entries = List.copyOf(entries);
    leftOut = List.copyOf(leftOut);
  }
}
