package org.food4j.data.batch;

import java.util.List;
import java.util.Locale;
import org.food4j.data.manifest.ManifestEntry;

/**
 * Photos as a network's input.
 *
 * @param input {@code [size, 3, inputSize, inputSize]}, float32, normalised; not copied, owned by
 *     whoever took the batch
 * @param labels {@code [size, classes]}, float32, each row summing to 1: one-hot, or mixed like the
 *     photos; owned like the input
 * @param entries the photos, before any mixing, in the order of the input's first axis
 */
@SuppressWarnings("ArrayRecordComponent")
public record PhotoBatch(float[] input, float[] labels, List<ManifestEntry> entries) {
  /**
   * Copies the entries, not the arrays.
   *
   * @throws IllegalArgumentException if there is no entry, or an array is no whole number of floats
   *     for each
   */
  public PhotoBatch {
    entries = List.copyOf(entries);
    if (entries.isEmpty()
        || input.length % entries.size() != 0
        || labels.length % entries.size() != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d floats of input and %d of labels are not those of %d photos",
              input.length,
              labels.length,
              entries.size()));
    }
  }

  /** Number of photos, at least 1. */
  public int size() {
    return entries.size();
  }
}
