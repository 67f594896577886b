package org.food4j.data.duplicate;

import org.food4j.data.duplicate.NearDuplicates.Pair;

/** Disjoint groups of photos that do not grow along chains; see {@link NearDuplicates}. */
final class Groups {
  private final int[] parents;
  private final boolean[] linked;

  /** Each photo on its own. */
  Groups(int photos) {
    parents = new int[photos];
    linked = new boolean[parents.length];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
    }
  }

  int leader(int photo) {
    int leader = photo;
    while (parents[leader] != leader) {
      parents[leader] = parents[parents[leader]];
      leader = parents[leader];
    }
    return leader;
  }

  boolean linked(int photo) {
    return linked[leader(photo)];
  }

  /**
   * Makes one group of a pair's groups, or links them if their leaders are not related.
   *
   * @return whether they were two groups
   */
  boolean join(Pair pair, Relation relation) {
    int one = leader(pair.first());
    int other = leader(pair.second());
    if (one == other) {
      return false;
    }
    boolean leadersPaired = one == pair.first() && other == pair.second();
    if (leadersPaired || relation.related(one, other)) {
      int leader = Math.min(one, other);
      linked[leader] |= linked[Math.max(one, other)];
      parents[Math.max(one, other)] = leader;
    } else {
      linked[one] = true;
      linked[other] = true;
    }
    return true;
  }
}
