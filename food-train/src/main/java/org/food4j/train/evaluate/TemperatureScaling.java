package org.food4j.train.evaluate;

/**
 * The temperature under which a classifier's probabilities fit photos that it was not trained on
 * best: the one of least mean cross-entropy (Guo et al. 2017, "On Calibration of Modern Neural
 * Networks", section 4.2). It changes no answer's rank.
 *
 * <p>In {@code 1 / temperature} the cross-entropy is convex: its slope is the mean of the logit
 * that the probabilities expect less the label's logit, its curvature the mean variance of the
 * logit. Newton's method finds the zero of the slope, within a bracket that each step narrows.
 */
public final class TemperatureScaling {
  /**
   * The lowest temperature that is given. A classifier that ranks every label first would be best
   * with a temperature of 0, which says of too few photos that there are no mistakes.
   */
  public static final double LOWEST = 0.05;

  /** The highest temperature that is given: answers that tell nothing would be best with more. */
  public static final double HIGHEST = 20;

  private static final int MOST_STEPS = 100;
  private static final double PRECISION = 1e-10;

  private final Scores scores;

  private TemperatureScaling(Scores scores) {
    this.scores = scores;
  }

  /**
   * Fits the temperature.
   *
   * @param scores of photos that the classifier was not trained on, those for validation
   * @return {@value #LOWEST} to {@value #HIGHEST}; 1 where no temperature changes anything, as with
   *     equal logits
   * @throws IllegalArgumentException if there is no photo or a logit is not finite
   */
  public static double fit(Scores scores) {
    if (scores.entries().isEmpty()) {
      throw new IllegalArgumentException("A temperature is fitted to one photo or more, not to 0");
    }
    for (float logit : scores.logits()) {
      if (!Float.isFinite(logit)) {
        throw new IllegalArgumentException(
            "A logit is %s: the network's weights are broken".formatted(logit));
      }
    }
    return new TemperatureScaling(scores).fit();
  }

  private double fit() {
    double low = 1 / HIGHEST;
    double high = 1 / LOWEST;
    double inverse = 1;
    for (int step = 0; step < MOST_STEPS; step++) {
      Slope slope = slope(inverse);
      if (slope.first == 0) {
        break;
      }
      if (slope.first > 0) {
        high = inverse;
      } else {
        low = inverse;
      }
      double next = inverse - slope.first / slope.second;
      if (!(next > low && next < high)) {
        next = Math.sqrt(low * high);
      }
      if (Math.abs(next - inverse) <= PRECISION * inverse) {
        break;
      }
      inverse = next;
    }
    return Math.min(HIGHEST, Math.max(LOWEST, 1 / inverse));
  }

  /** The cross-entropy's first and second derivative by the inverse temperature. */
  private record Slope(double first, double second) {}

  private Slope slope(double inverse) {
    int classes = scores.labels().size();
    double first = 0;
    double second = 0;
    for (int photo = 0; photo < scores.entries().size(); photo++) {
      double largest = scores.logit(photo, scores.best(photo));
      double sum = 0;
      double mean = 0;
      double squares = 0;
      for (int label = 0; label < classes; label++) {
        double below = scores.logit(photo, label) - largest; // a common shift changes no softmax
        double weight = Math.exp(below * inverse);
        sum += weight;
        mean += weight * below;
        squares += weight * below * below;
      }
      mean /= sum;
      first += mean - (scores.logit(photo, scores.entries().get(photo).label()) - largest);
      second += Math.max(0, squares / sum - mean * mean);
    }
    return new Slope(first, second);
  }
}
