package org.food4j.train.evaluate;

import java.util.Locale;

/**
 * Whether two models differ on the same photos (McNemar 1947, "Note on the sampling error of the
 * difference between correlated proportions or percentages"). Only the photos that one of them
 * alone gets right speak for a difference: where both have the same accuracy, each of these is
 * right as often as a coin shows heads.
 *
 * @param bothCorrect photos that both models get right
 * @param onlyFirst photos that the first alone gets right
 * @param onlySecond photos that the second alone gets right
 * @param neither photos that both get wrong
 * @param sameAnswer photos to which both say the same, right or wrong
 */
public record McNemar(int bothCorrect, int onlyFirst, int onlySecond, int neither, int sameAnswer) {
  /** With fewer photos that one model alone gets right, the binomial distribution is summed. */
  public static final int EXACT_BELOW = 25;

  /** A p-value below it is called significant. */
  public static final double SIGNIFICANCE = 0.05;

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if one is negative, there is no photo, or more or fewer
   *     answers are the same than can be
   */
  public McNemar {
    boolean counts = Math.min(Math.min(bothCorrect, onlyFirst), Math.min(onlySecond, neither)) >= 0;
    if (!counts || bothCorrect + onlyFirst + onlySecond + neither == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Two models are compared by one photo or more, not by %d that both get right, %d and %d that one alone, %d that neither",
              bothCorrect,
              onlyFirst,
              onlySecond,
              neither));
    }
    if (sameAnswer < bothCorrect || sameAnswer > bothCorrect + neither) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The same answer is given to from %d to %d photos, not to %d",
              bothCorrect,
              bothCorrect + neither,
              sameAnswer));
    }
  }

  /**
   * Compares two models' answers.
   *
   * @throws IllegalArgumentException if they are not about the same photos in the same order, with
   *     the same labels
   */
  public static McNemar of(Evaluation first, Evaluation second) {
    if (!first.labels().equals(second.labels()) || first.photos() != second.photos()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d photos of %d classes cannot be compared with %d photos of %d classes, or the classes differ: evaluate both models on one data set",
              first.photos(),
              first.labels().size(),
              second.photos(),
              second.labels().size()));
    }
    int[][] correct = new int[2][2];
    int same = 0;
    for (int photo = 0; photo < first.photos(); photo++) {
      PhotoResult one = first.results().get(photo);
      PhotoResult other = second.results().get(photo);
      if (!one.path().equals(other.path()) || one.actual() != other.actual()) {
        throw new IllegalArgumentException(
            "%s (class %s) cannot be compared with %s (class %s): evaluate both models on one data set"
                .formatted(one.path(), one.actual(), other.path(), other.actual()));
      }
      correct[one.correct() ? 1 : 0][other.correct() ? 1 : 0]++;
      same += one.predicted() == other.predicted() ? 1 : 0;
    }
    return new McNemar(correct[1][1], correct[1][0], correct[0][1], correct[0][0], same);
  }

  /** How many photos both models answered. */
  public int photos() {
    return bothCorrect + onlyFirst + onlySecond + neither;
  }

  /** The first model's top-1 less the second's, -1 to 1. */
  public double difference() {
    return (double) (onlyFirst - onlySecond) / photos();
  }

  /** Share of the photos to which both models say the same, right or wrong, 0 to 1. */
  public double agreement() {
    return (double) sameAnswer / photos();
  }

  /** Lower end of the difference's 95 % interval, see {@link #differenceHigh}. */
  public double differenceLow() {
    double first = top1First() - wilsonFirst().low();
    double second = wilsonSecond().high() - top1Second();
    return difference() - distance(first, second);
  }

  /**
   * Upper end of the difference's 95 % interval (Newcombe 1998, "Improved confidence intervals for
   * the difference between binomial proportions based on paired data", method 10). It comes from
   * Wilson's intervals and may hold 0 where {@link #pValue} is just below 0.05, or the other way
   * round.
   */
  public double differenceHigh() {
    double first = wilsonFirst().high() - top1First();
    double second = top1Second() - wilsonSecond().low();
    return difference() + distance(first, second);
  }

  /** Whether {@link #pValue} is of the exact binomial test, else of the chi-square test. */
  public boolean exact() {
    return onlyFirst + onlySecond < EXACT_BELOW;
  }

  /**
   * How probable a difference as large as this one is, to either side, between models of equal
   * accuracy: two-sided binomial test below {@value #EXACT_BELOW} photos that one model alone gets
   * right, from there on chi-square with one degree of freedom and continuity correction (Edwards
   * 1948).
   *
   * @return 0 to 1; 1 where no photo tells the models apart
   */
  public double pValue() {
    int discordant = onlyFirst + onlySecond;
    if (exact()) {
      return binomialPValue(discordant, Math.min(onlyFirst, onlySecond));
    }
    double excess = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1);
    return NormalTail.twoSided(excess / Math.sqrt(discordant));
  }

  /**
   * The same by the binomial test, however many photos one model alone gets right.
   *
   * @return 0 to 1; 1 where no photo tells the models apart
   */
  public double exactPValue() {
    int discordant = onlyFirst + onlySecond;
    // by logarithms: 2 to the power of a thousand photos is no double
    double ways = -discordant * Math.log(2);
    double sum = 0;
    for (int k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
      sum += Math.exp(ways);
      ways += Math.log((double) (discordant - k) / (k + 1));
    }
    return Math.min(1, 2 * sum);
  }

  /** Whether the p-value is below 0.05, for a single comparison. */
  public boolean significant() {
    return pValue() < SIGNIFICANCE;
  }

  private static double binomialPValue(int trials, int fewer) {
    double ways = 1;
    double sum = 0;
    for (int k = 0; k <= fewer; k++) {
      sum += ways;
      ways = ways * (trials - k) / (k + 1);
    }
    return Math.min(1, 2 * sum / Math.pow(2, trials));
  }

  private double top1First() {
    return (double) (bothCorrect + onlyFirst) / photos();
  }

  private double top1Second() {
    return (double) (bothCorrect + onlySecond) / photos();
  }

  private Interval wilsonFirst() {
    return Interval.wilson(bothCorrect + onlyFirst, photos());
  }

  private Interval wilsonSecond() {
    return Interval.wilson(bothCorrect + onlySecond, photos());
  }

  /** Of two deviations that go together as far as the models do. */
  private double distance(double first, double second) {
    double square = first * first - 2 * correlation() * first * second + second * second;
    return Math.sqrt(Math.max(0, square));
  }

  /** Phi coefficient of the two models' being right, with Newcombe's continuity correction. */
  private double correlation() {
    double margins =
        Math.sqrt((double) bothCorrect + onlyFirst)
            * Math.sqrt((double) onlySecond + neither)
            * Math.sqrt((double) bothCorrect + onlySecond)
            * Math.sqrt((double) onlyFirst + neither);
    if (margins == 0) {
      return 0; // one model is always right, or always wrong
    }
    double cross = (double) bothCorrect * neither - (double) onlyFirst * onlySecond;
    return (cross > 0 ? Math.max(0, cross - photos() / 2.0) : cross) / margins;
  }
}
