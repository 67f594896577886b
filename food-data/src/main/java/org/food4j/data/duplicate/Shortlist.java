package org.food4j.data.duplicate;

/** The few photos whose hashes came closest to one photo's, the closest first, ties by index. */
final class Shortlist {
  /** The most photos on the list: what bounds the work where thousands are equally close. */
  static final int LENGTH = 16;

  private final int[] others = new int[LENGTH];
  private final int[] distances = new int[LENGTH];
  private final int[] parts = new int[LENGTH];
  private final boolean[] mirrored = new boolean[LENGTH];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int other(int place) {
    return others[place];
  }

  /** The part of the photo whose hash came closest; see {@link WaveHash}. */
  int part(int place) {
    return parts[place];
  }

  boolean mirrored(int place) {
    return mirrored[place];
  }

  /** A photo enters, moves up, or is passed over. */
  void offer(int other, int distance, int part, boolean isMirrored) {
    int at = place(other);
    if (at < 0) {
      if (size == LENGTH && !before(other, distance, size - 1)) {
        return;
      }
      at = size == LENGTH ? size - 1 : size++;
    } else if (distances[at] <= distance) {
      return;
    }
    for (; at > 0 && before(other, distance, at - 1); at--) {
      others[at] = others[at - 1];
      distances[at] = distances[at - 1];
      parts[at] = parts[at - 1];
      mirrored[at] = mirrored[at - 1];
    }
    others[at] = other;
    distances[at] = distance;
    parts[at] = part;
    mirrored[at] = isMirrored;
  }

  private int place(int other) {
    for (int i = 0; i < size; i++) {
      if (others[i] == other) {
        return i;
      }
    }
    return -1;
  }

  private boolean before(int other, int distance, int place) {
    return distance < distances[place] || (distance == distances[place] && other < others[place]);
  }
}
