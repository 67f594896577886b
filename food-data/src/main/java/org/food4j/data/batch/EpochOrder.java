package org.food4j.data.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.food4j.data.manifest.ManifestEntry;

/** Which photos an epoch reads, and in what order. It depends on photos, seed and epoch alone. */
public enum EpochOrder {
  /** Every photo once, in the order given. */
  AS_GIVEN,
  /** Every photo once, in a random order of each epoch's own. */
  SHUFFLED,
  /**
   * Every class equally often, in a random order: an alternative to over-sampled copies, which are
   * left out. An epoch of {@code n} photos in {@code c} classes draws {@code n / c}, rounded up, of
   * each class. A class's draws go through all its photos, in random order, before they begin again
   * in another order, and the next epoch goes on where this one ends: at the end of any epoch the
   * numbers of times that two photos of a class were drawn differ by one at most. So a large class
   * takes several epochs for all its photos, a small one repeats them within an epoch: a repetition
   * is an entry of its own, with an id like that of a {@linkplain ManifestEntry#copy copy}, and
   * therefore augmented otherwise.
   */
  CLASS_BALANCED;

  /** Number of photos in every epoch, repetitions included. */
  public int length(List<ManifestEntry> entries) {
    return this == CLASS_BALANCED ? new ClassBalancedOrder(entries).length() : entries.size();
  }

  /**
   * The photos of an epoch, as a new list.
   *
   * @param epoch from 0
   */
  public List<ManifestEntry> of(List<ManifestEntry> entries, long seed, int epoch) {
    List<ManifestEntry> order =
        this == CLASS_BALANCED
            ? new ClassBalancedOrder(entries).draws(seed, epoch)
            : new ArrayList<>(entries);
    if (this != AS_GIVEN) {
      Collections.shuffle(order, RandomStreams.order(seed, epoch));
    }
    return order;
  }
}
