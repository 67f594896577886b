package org.food4j.bench.result;

import java.util.stream.IntStream;
import org.food4j.train.evaluate.Scores;

/**
 * How far two forms of one model give the same answers to the same photos: the graph that was
 * trained and the file that was exported from it, for example.
 *
 * @param photos that both answered, at least 1
 * @param maxAbsDifference largest distance between two logits of the same photo and class, at least
 *     0; not a number if either form gave one that is not
 * @param top1Agreement share of the photos on which both put the same label first, 0 to 1
 */
public record Agreement(int photos, double maxAbsDifference, double top1Agreement) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a figure is outside its range; a difference that is not a
   *     number is let through
   */
  public Agreement {
    if (photos < 1) {
      throw new IllegalArgumentException("Agreement takes at least one photo, not " + photos);
    }
    if (maxAbsDifference < 0) {
      throw new IllegalArgumentException("A distance is at least 0, not " + maxAbsDifference);
    }
    if (!(top1Agreement >= 0 && top1Agreement <= 1)) {
      throw new IllegalArgumentException("A share is 0 to 1, not " + top1Agreement);
    }
  }

  /**
   * Compares the logits of two forms of one model over the same photos.
   *
   * @throws IllegalArgumentException if the photos or the labels differ
   */
  public static Agreement of(Scores first, Scores second) {
    requireSamePhotos(first, second);
    double max = 0;
    for (int i = 0; i < first.logits().length; i++) {
      // Math.max keeps a difference that is not a number
      max = Math.max(max, Math.abs((double) first.logits()[i] - second.logits()[i]));
    }
    int photos = first.entries().size();
    long same = IntStream.range(0, photos).filter(p -> first.best(p) == second.best(p)).count();
    return new Agreement(photos, max, (double) same / photos);
  }

  /**
   * Checks that two forms can be compared.
   *
   * @throws IllegalArgumentException if the photos or the labels differ
   */
  public static void requireSamePhotos(Scores first, Scores second) {
    if (!first.entries().equals(second.entries()) || !first.labels().equals(second.labels())) {
      throw new IllegalArgumentException("The two forms have not scored the same photos");
    }
  }

  /**
   * Whether every top-1 is the same and no logit lies further away than {@code tolerance}; never
   * where a logit was not a number.
   */
  public boolean within(double tolerance) {
    return top1Agreement == 1 && maxAbsDifference <= tolerance;
  }
}
