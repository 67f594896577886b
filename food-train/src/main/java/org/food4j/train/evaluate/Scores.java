package org.food4j.train.evaluate;

import java.util.List;
import java.util.Locale;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;

/**
 * A classifier's logits over photos of known label.
 *
 * @param labels in the order of the logits
 * @param entries the photos
 * @param logits {@code [photos, classes]}, row by row; not copied and not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record Scores(Labels labels, List<ManifestEntry> entries, float[] logits) {
  /**
   * Copies the entries, not the logits.
   *
   * @throws IllegalArgumentException if there is not one logit per photo and class
   */
  public Scores {
    entries = List.copyOf(entries);
    if (logits.length != entries.size() * labels.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d photos and %d classes have %d logits, not %d",
              entries.size(),
              labels.size(),
              entries.size() * labels.size(),
              logits.length));
    }
  }

  /** One logit. */
  public float logit(int photo, int label) {
    return logits[photo * labels.size() + label];
  }

  /** The label that scored highest; of equals the first. */
  public int best(int photo) {
    int best = 0;
    for (int label = 1; label < labels.size(); label++) {
      if (logit(photo, label) > logit(photo, best)) {
        best = label;
      }
    }
    return best;
  }
}
