package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;

/** Scores of photos that are not there. */
final class ScoredPhotos {
  private ScoredPhotos() {}

  /** Photos {@code p0, p1, ...} of classes {@code c0, c1, ...}. */
  static Scores of(int[] labels, float[][] logits) {
    int classes = logits[0].length;
    List<ManifestEntry> entries = new ArrayList<>();
    float[] rows = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      String id = "p" + i;
      entries.add(new ManifestEntry(id, id, labels[i], Split.VALIDATION, 1, 1, "", "", ""));
      System.arraycopy(logits[i], 0, rows, i * classes, classes);
    }
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "c" + i).toList();
    return new Scores(Labels.of(names), entries, rows);
  }
}
