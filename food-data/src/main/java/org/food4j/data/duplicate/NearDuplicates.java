package org.food4j.data.duplicate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which of many photos show the same picture: re-compressed, resized, brighter or darker, cropped
 * by up to a tenth of each side, or mirrored where that is asked for. Photos of one tone have
 * nothing to compare and are never near duplicates.
 *
 * <p>Found in two steps: a cheap search by hashes of 31 parts of each photo ({@link WaveHash}) and
 * a comparison that aligns the two photos first ({@link Alignment}). A pair counts by its
 * similarity, see {@link #SAME} and {@link #ALIKE}.
 *
 * <p>Pairs are put into groups, the most similar first. Two groups become one only if their leaders
 * (the photos with the lowest index) are related themselves: so a chain of photos, each a little
 * different from the one before, does not become one group with nothing in common. A group that a
 * pair nevertheless links to another is {@linkplain #linked linked}.
 *
 * <p>Immutable. The result depends on the photos and their order alone.
 */
public final class NearDuplicates {
  /** Names what decides, for records of how a data set was made. */
  public static final String METHOD = "aligned 16 x 16 luma";

  /**
   * From this similarity on two photos are the same picture. Of 2,165 photos of 26 dishes no two
   * different ones reached 0.91; re-compressed, halved and cropped ones stayed above 0.97.
   */
  public static final double SAME = 0.96;

  /** From this similarity on two photos are too alike to stand on both sides of a split. */
  public static final double ALIKE = 0.93;

  /**
   * Two photos that are alike.
   *
   * @param first index of the first photo
   * @param second index of the second photo, above the first
   * @param similarity of the aligned photos, {@link #ALIKE} to 1
   * @param mirrored whether one is the mirror image of the other
   */
  public record Pair(int first, int second, double similarity, boolean mirrored) {
    /** Orders the two photos. */
    public Pair {
      if (first > second) {
        int lower = second;
        second = first;
        first = lower;
      }
    }
  }

  private static final Comparator<Pair> MOST_SIMILAR_FIRST =
      Comparator.comparingDouble(Pair::similarity)
          .reversed()
          .thenComparingInt(Pair::first)
          .thenComparingInt(Pair::second)
          .thenComparing(Pair::mirrored);

  private final List<Pair> pairs;
  private final Groups same;
  private final Groups alike;

  private NearDuplicates(List<Pair> pairs, Groups same, Groups alike) {
    this.pairs = pairs;
    this.same = same;
    this.alike = alike;
  }

  /**
   * Compares photos with each other.
   *
   * @param signatures of the photos; an index is a place in this list
   * @param mirrored whether mirror images count as the same picture
   */
  public static NearDuplicates among(List<PhotoSignature> signatures, boolean mirrored) {
    List<Pair> found = new ArrayList<>(new DuplicateSearch(signatures, mirrored).pairs(ALIKE));
    found.sort(MOST_SIMILAR_FIRST);
    Groups same = new Groups(signatures.size());
    Groups alike = new Groups(signatures.size());
    Relation relation = new Relation(signatures, mirrored);
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : found) {
      if (pair.similarity() >= SAME) {
        same.join(pair, relation);
      }
      // Pairs within a group add nothing; each photo but its leader keeps one.
      if (alike.join(pair, relation)) {
        pairs.add(pair);
      }
    }
    return new NearDuplicates(List.copyOf(pairs), same, alike);
  }

  /** As if no photo looked like another. */
  public static NearDuplicates none(int photos) {
    return new NearDuplicates(List.of(), new Groups(photos), new Groups(photos));
  }

  /**
   * The pairs that hold the groups together and link them, the most similar first; not every pair
   * within a group.
   */
  public List<Pair> pairs() {
    return pairs;
  }

  /** The leader of the photo's group of same pictures: the photo itself if it has no duplicate. */
  public int sameGroup(int photo) {
    return same.leader(photo);
  }

  /** The leader of the photo's group of pictures that are alike, which holds its same pictures. */
  public int group(int photo) {
    return alike.leader(photo);
  }

  /** Whether a photo of this photo's group is like one of another group. */
  public boolean linked(int photo) {
    return alike.linked(photo);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d pairs of near duplicates", pairs.size());
  }
}
