package org.food4j.train.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The probability below which a model had better say "none of these".
 *
 * <p>The rule: the lowest threshold whose accepted photos are answered rightly in at least the
 * wished share of cases, by the lower end of the 95 % Wilson interval of their accuracy. The
 * accuracy itself would not do: some ten photos that happen to be right reach any wish. To be right
 * in 95 % of the cases takes 73 accepted photos without a mistake, or 110 with one. As with every
 * threshold that was picked among many, the promise holds a little less on other photos: those of
 * the test say what it is worth (Geifman and El-Yaniv 2017, section 3, bound that too, at the price
 * of coverage).
 *
 * <p>The threshold lies halfway between the lowest accepted probability and the highest refused
 * one, so that rounding, which differs from one runtime to another, moves no photo across it. Where
 * all photos are accepted, the highest refused one is taken to be the least that a highest
 * probability can be, 1 / classes.
 *
 * @param threshold 0 to 1
 * @param wishedAccuracy above 0, below 1
 * @param point what it does to the photos that it was chosen on
 */
public record AcceptanceThreshold(
    double threshold, double wishedAccuracy, RiskCoverage.Point point) {
  /** The accuracy that is wished unless another is asked for. */
  public static final double DEFAULT_ACCURACY = 0.95;

  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public AcceptanceThreshold {
    requireAccuracy(wishedAccuracy);
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "A threshold is a probability from 0 to 1, not " + threshold);
    }
  }

  /**
   * Chooses the threshold.
   *
   * @param evaluation of photos that the model was not trained on, at the temperature that the
   *     model will have; not those that it will be judged by
   * @param wishedAccuracy above 0, below 1
   * @return empty if no threshold reaches the accuracy; {@link #nearest} tells how far that is
   * @throws IllegalArgumentException if the wish is outside its range
   */
  public static Optional<AcceptanceThreshold> choose(Evaluation evaluation, double wishedAccuracy) {
    requireAccuracy(wishedAccuracy);
    List<RiskCoverage.Point> points = RiskCoverage.of(evaluation).points();
    for (int i = points.size() - 1; i >= 0; i--) {
      if (points.get(i).accuracyInterval().low() >= wishedAccuracy) {
        double refused =
            i + 1 < points.size()
                ? points.get(i + 1).probability()
                : 1.0 / evaluation.labels().size();
        double threshold = (points.get(i).probability() + refused) / 2;
        return Optional.of(new AcceptanceThreshold(threshold, wishedAccuracy, points.get(i)));
      }
    }
    return Optional.empty();
  }

  /** The threshold of the highest lower end, for those who wished too much. */
  public static RiskCoverage.Point nearest(Evaluation evaluation) {
    return RiskCoverage.of(evaluation).points().stream()
        .max(Comparator.comparingDouble(point -> point.accuracyInterval().low()))
        .orElseThrow();
  }

  private static void requireAccuracy(double wished) {
    if (!(wished > 0 && wished < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "An accuracy to wish for is above 0 and below 1, not %s", wished));
    }
  }
}
