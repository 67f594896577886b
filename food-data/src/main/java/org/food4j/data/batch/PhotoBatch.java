package org.food4j.data.batch;

import java.util.List;
import java.util.Locale;
import org.food4j.data.manifest.ManifestEntry;

/**
 * Photos as a network's input.
 *
 * @param input {@code [size, 3, inputSize, inputSize]}, float32, normalised; not copied, owned by
 *     whoever took the batch
 * @param entries the photos, in the order of the input's first axis
 */
@SuppressWarnings("ArrayRecordComponent")
public record PhotoBatch(float[] input, List<ManifestEntry> entries) {
  /**
   * Copies the entries, not the input.
   *
   * @throws IllegalArgumentException if there is no entry, or the input is no whole number of
   *     floats for each
   */
  public PhotoBatch {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || input.length % entries.size() != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d floats are not the input of %d photos",
              input.length,
              entries.size()));
    }
  }

  /** Number of photos, at least 1. */
  public int size() {
    return entries.size();
  }
}
