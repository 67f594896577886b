package org.food4j.data.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.food4j.data.manifest.Split;

/**
 * How many photos of a class each split gets, and what happens to classes that have more or fewer.
 * A class with fewer photos is split in the same proportion.
 *
 * @param train at least 0
 * @param validation at least 0
 * @param test at least 0
 * @param balance what is done about classes of another size
 */
public record SplitTargets(int train, int validation, int test, Balance balance) {
  /** 200 photos a class: 150 to train on, 30 to validate, 20 to test; balanced with copies. */
  public static final SplitTargets DEFAULT = new SplitTargets(150, 30, 20);

  /** The proportion of the default's parts. */
  public static final SplitTargets DEFAULT_RATIO = new SplitTargets(75, 15, 10);

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if one is negative or all are 0
   * @throws ArithmeticException if their sum does not fit an int
   */
  public SplitTargets {
    if (train < 0 || validation < 0 || test < 0 || (long) train + validation + test < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Photos per class are at least 0 for each part and at least 1 in all, not train %d, validation %d, test %d",
              train,
              validation,
              test));
    }
    Math.addExact(Math.addExact(train, validation), test);
  }

  /** Those numbers, balanced with {@link Balance#COPIES}. */
  public SplitTargets(int train, int validation, int test) {
    this(train, validation, test, Balance.COPIES);
  }

  /** That many photos a class in the {@linkplain #DEFAULT_RATIO default's proportion}. */
  public static SplitTargets perClass(int photos) {
    return DEFAULT_RATIO.times(photos);
  }

  /**
   * That many photos a class in this proportion, by the method of the largest remainder.
   *
   * @throws IllegalArgumentException if there are fewer photos than parts that should have some
   */
  public SplitTargets times(int photos) {
    if (photos < parts().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Photos per class are at least %d, one for each part, not %d",
              parts().size(),
              photos));
    }
    int[] counts = apportion(photos);
    return new SplitTargets(counts[0], counts[1], counts[2], balance);
  }

  /** These numbers with something else done about classes of another size. */
  public SplitTargets withBalance(Balance balance) {
    return new SplitTargets(train, validation, test, balance);
  }

  /** Photos of a class in all parts together. */
  public int perClass() {
    return train + validation + test;
  }

  /** The number for one split. */
  public int of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** The splits that get photos at all, largest first. */
  List<Split> parts() {
    return Arrays.stream(Split.values())
        .filter(split -> of(split) > 0)
        .sorted(Comparator.comparingInt(this::of).reversed())
        .toList();
  }

  /**
   * Divides a number of photos in this proportion by the method of the largest remainder
   * (Hamilton's method); equal remainders go to the earlier split. While there are photos enough,
   * no part that should have photos is left without: it takes one from the largest.
   *
   * @return photos per split, in the order of {@link Split}; their sum is {@code photos}
   */
  int[] apportion(int photos) {
    int[] counts = new int[Split.values().length];
    long[] remainders = new long[counts.length];
    int left = photos;
    List<Split> byRemainder = new ArrayList<>(parts());
    for (Split split : byRemainder) {
      long share = (long) photos * of(split);
      counts[split.ordinal()] = (int) (share / perClass());
      remainders[split.ordinal()] = share % perClass();
      left -= counts[split.ordinal()];
    }
    byRemainder.sort(
        Comparator.comparingLong((Split split) -> -remainders[split.ordinal()])
            .thenComparing(Comparator.naturalOrder()));
    for (Split split : byRemainder.subList(0, left)) {
      counts[split.ordinal()]++;
    }
    if (photos >= byRemainder.size()) {
      for (Split split : byRemainder) {
        if (counts[split.ordinal()] == 0) {
          counts[largest(counts)]--;
          counts[split.ordinal()]++;
        }
      }
    }
    return counts;
  }

  private static int largest(int[] counts) {
    int largest = 0;
    for (int i = 1; i < counts.length; i++) {
      largest = counts[i] > counts[largest] ? i : largest;
    }
    return largest;
  }
}
