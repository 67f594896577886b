package org.food4j.data.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.food4j.data.duplicate.NearDuplicates.Pair;

/**
 * Finds the pairs: for each photo a shortlist by hash, and of those the ones that prove alike once
 * aligned. The work per photo is bounded whatever the photos are, and the result does not depend on
 * the number of threads.
 */
final class DuplicateSearch {
  /** Bits in which the hashes of a pair worth comparing may differ. */
  private static final int FARTHEST = 14;

  /** The most alignments of one photo that are refined. */
  private static final int MOST_REFINED = 4;

  /** Photos that one task searches for, one after the other. */
  private static final int CHUNK = 256;

  private final List<PhotoSignature> signatures;
  private final boolean mirrored;
  private final long[] hashes;
  private final int[] included;
  private final HashIndex index;

  /**
   * @param signatures not copied
   * @param mirrored whether a photo is compared with others' mirror images, too
   */
  DuplicateSearch(List<PhotoSignature> signatures, boolean mirrored) {
    this.signatures = signatures;
    this.mirrored = mirrored;
    hashes = new long[signatures.size()];
    int[] structured = new int[hashes.length];
    int count = 0;
    WaveHash waves = new WaveHash();
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = waves.ofWhole(signatures.get(i).pixels(false));
      if (waves.hasStructure()) {
        structured[count++] = i;
      }
    }
    included = Arrays.copyOf(structured, count);
    index = new HashIndex(hashes, included);
  }

  /** Pairs whose similarity is at least the given one, in the order of the photos. */
  List<Pair> pairs(double least) {
    return IntStream.rangeClosed(0, (included.length - 1) / CHUNK)
        .parallel()
        .mapToObj(chunk -> pairsOfChunk(chunk, least))
        .flatMap(List::stream)
        .toList();
  }

  private List<Pair> pairsOfChunk(int chunk, double least) {
    List<Pair> pairs = new ArrayList<>();
    WaveHash waves = new WaveHash();
    Shortlist shortlist = new Shortlist();
    for (int n = chunk * CHUNK; n < Math.min(included.length, (chunk + 1) * CHUNK); n++) {
      double[] pixels = signatures.get(included[n]).pixels(false);
      list(included[n], pixels, waves, shortlist);
      compare(included[n], pixels, shortlist, least, pairs);
    }
    return pairs;
  }

  private void list(int photo, double[] pixels, WaveHash waves, Shortlist shortlist) {
    shortlist.clear();
    waves.take(pixels);
    for (int part = 0; part < WaveHash.PARTS; part++) {
      long hash = waves.hash(part);
      list(photo, hash, part, false, waves, shortlist);
      if (mirrored) {
        list(photo, hash ^ WaveHash.MIRROR, part, true, waves, shortlist);
      }
    }
  }

  private void list(
      int photo, long hash, int part, boolean isMirrored, WaveHash waves, Shortlist shortlist) {
    index.near(
        hash,
        waves.margins(),
        other -> {
          int distance = Long.bitCount(hash ^ hashes[other]);
          if (distance <= FARTHEST && other != photo) {
            shortlist.offer(other, distance, part, isMirrored);
          }
        });
  }

  private void compare(
      int photo, double[] pixels, Shortlist shortlist, double least, List<Pair> pairs) {
    int refined = 0;
    for (int place = 0; place < shortlist.size() && refined < MOST_REFINED; place++) {
      int other = shortlist.other(place);
      Alignment alignment =
          new Alignment(pixels, signatures.get(other).pixels(shortlist.mirrored(place)));
      double similarity =
          alignment.refined(
              WaveHash.rows(shortlist.part(place)), WaveHash.columns(shortlist.part(place)));
      refined += similarity >= Alignment.PROMISING ? 1 : 0;
      // What is written down with four decimals must be judged the same when it is read.
      double rounded = Math.rint(similarity * 1e4) / 1e4;
      if (rounded >= least) {
        pairs.add(new Pair(photo, other, rounded, shortlist.mirrored(place)));
      }
    }
  }
}
