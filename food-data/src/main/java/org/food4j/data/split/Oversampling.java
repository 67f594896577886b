package org.food4j.data.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;

/** Fills up the training part of a small class with copies, each photo as often as any other. */
final class Oversampling {
  private Oversampling() {}

  /** The copies that bring a class's training photos to a number; none if they have it. */
  static List<ManifestEntry> copies(List<ManifestEntry> ofClass, int train, Random random) {
    List<ManifestEntry> originals =
        new ArrayList<>(ofClass.stream().filter(e -> e.split() == Split.TRAIN).toList());
    Collections.shuffle(originals, random);
    List<ManifestEntry> copies = new ArrayList<>();
    for (int i = 0; !originals.isEmpty() && i < train - originals.size(); i++) {
      ManifestEntry original = originals.get(i % originals.size());
      copies.add(original.copy(i / originals.size() + 1));
    }
    return copies;
  }
}
