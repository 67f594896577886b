package org.food4j.train.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a range test of learning rates came to: the curve, and the rates that rules read from it.
 *
 * @param points one per step that had a finite loss, by rising rate
 * @param diverged whether the loss left its minimum so far behind that the test ended early
 */
public record RangeTest(List<Point> points, boolean diverged) {
  /** Share of a smoothed loss that the step before contributes, as fastai has it. */
  static final double SMOOTHING = 0.98;

  /** The rules leave the last points out: they may be where the loss explodes. */
  private static final int LEFT_OUT_AT_THE_END = 5;

  /**
   * One step.
   *
   * @param learningRate of the step
   * @param loss of its batch before it
   * @param smoothedLoss mean of the losses so far, each counting {@value RangeTest#SMOOTHING} times
   *     what the next one does
   */
  public record Point(double learningRate, double loss, double smoothedLoss) {}

  /** How a rate is read from the curve of smoothed losses. */
  public enum Rule {
    /** In the middle of the longest descent: half-way through its second third. */
    VALLEY,
    /** Where the loss falls fastest by the logarithm of the rate. */
    STEEP,
    /** A tenth of the rate with the lowest loss. */
    MINIMUM;

    /** The rule's name in JSON and for people. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which rule is recommended: unlike the others it does not hang on one or two noisy steps. */
  public static final Rule RECOMMENDED = Rule.VALLEY;

  /**
   * Copies the points.
   *
   * @throws IllegalArgumentException if there are too few to read a rate from
   */
  public RangeTest {
    points = List.copyOf(points);
    if (points.size() < 10) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The loss left all bounds after %d steps: begin at a lower learning rate, or take more steps",
              points.size()));
    }
  }

  /**
   * Smooths the losses of rising rates.
   *
   * @param rates as many as losses, or more
   * @param losses finite
   */
  static RangeTest of(List<Double> rates, List<Double> losses, boolean diverged) {
    List<Point> points = new ArrayList<>();
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < losses.size(); i++) {
      sum = SMOOTHING * sum + (1 - SMOOTHING) * losses.get(i);
      weights = SMOOTHING * weights + (1 - SMOOTHING);
      points.add(new Point(rates.get(i), losses.get(i), sum / weights));
    }
    return new RangeTest(points, diverged);
  }

  /** The learning rate that {@link #RECOMMENDED} gives. */
  public double suggestion() {
    return suggestion(RECOMMENDED);
  }

  /** The learning rate that a rule gives. It leaves out the first tenth, and the last points. */
  public double suggestion(Rule rule) {
    int last = points.size() - Math.min(LEFT_OUT_AT_THE_END, points.size() / 10);
    List<Point> part = points.subList(points.size() / 10, last);
    return switch (rule) {
      case VALLEY -> valley(part);
      case STEEP -> steep(part);
      case MINIMUM -> lowest(part).learningRate() / 10;
    };
  }

  private static Point lowest(List<Point> points) {
    return points.stream()
        .reduce((best, next) -> next.smoothedLoss() < best.smoothedLoss() ? next : best)
        .orElseThrow();
  }

  private static double steep(List<Point> points) {
    double steepest = Double.POSITIVE_INFINITY;
    double rate = points.get(0).learningRate();
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      double slope =
          (to.smoothedLoss() - from.smoothedLoss())
              / Math.log(to.learningRate() / from.learningRate());
      if (slope < steepest) {
        steepest = slope;
        rate = from.learningRate();
      }
    }
    return rate;
  }

  /** The longest falling subsequence, which ups and downs of single steps do not break. */
  private static double valley(List<Point> points) {
    int[] length = new int[points.size()];
    int end = 0;
    for (int i = 0; i < points.size(); i++) {
      length[i] = 1;
      for (int before = 0; before < i; before++) {
        if (points.get(i).smoothedLoss() < points.get(before).smoothedLoss()) {
          length[i] = Math.max(length[i], length[before] + 1);
        }
      }
      end = length[i] > length[end] ? i : end;
    }
    // counted back by its number of points: where steps are noisy, this part is the valley's floor
    int start = Math.max(0, end - length[end]);
    int third = (end - start) / 3;
    return points.get(start + third + third / 2).learningRate();
  }
}
