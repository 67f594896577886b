package org.food4j.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.food4j.bench.result.Ratio;
import org.food4j.bench.result.Rounds;
import org.food4j.train.evaluate.Quantiles;

/**
 * The ratio of two medians with a percentile bootstrap interval (Efron and Tibshirani 1993, "An
 * Introduction to the Bootstrap", chapter 13). Rounds are clusters: each draw takes as many rounds
 * as there are, with replacement, then as many samples of each, with replacement (the two-stage
 * bootstrap of Davison and Hinkley 1997, "Bootstrap Methods and their Application", 3.8). Samples
 * of one process agree with one another more than processes do, and an interval that took them all
 * for independent would be too narrow (Kalibera and Jones 2013, "Rigorous benchmarking in
 * reasonable time"). Of very few rounds it still is: five at least are advised. Always the same for
 * the same samples.
 */
public final class MedianRatio {
  /** Draws, enough for an interval to be steady to some thousandths. */
  public static final int RESAMPLES = 1000;

  private static final long SEED = 1993;

  private final double[][] above;
  private final double[][] below;
  private final boolean inTurns;

  private MedianRatio(Rounds above, Rounds below, boolean inTurns) {
    this.above = arrays(above);
    this.below = arrays(below);
    this.inTurns = inTurns;
  }

  /**
   * The median of all samples of the one by that of all samples of the other.
   *
   * @param inTurns whether round for round the two were measured after one another: rounds are then
   *     drawn together, since what slowed the machine slowed both
   * @throws IllegalArgumentException if they took turns, but not as often
   */
  public static Ratio of(Rounds above, Rounds below, boolean inTurns) {
    if (inTurns && above.samplesMs().size() != below.samplesMs().size()) {
      throw new IllegalArgumentException(
          "Rounds in turns are as many of either, not %d and %d"
              .formatted(above.samplesMs().size(), below.samplesMs().size()));
    }
    return new MedianRatio(above, below, inTurns).ratio();
  }

  private Ratio ratio() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] ratios = new double[RESAMPLES];
    for (int draw = 0; draw < RESAMPLES; draw++) {
      int[] rounds = rounds(above.length, random);
      double numerator = drawnMedian(above, rounds, random);
      int[] others = inTurns ? rounds : rounds(below.length, random);
      ratios[draw] = numerator / drawnMedian(below, others, random);
    }
    Arrays.sort(ratios);
    return new Ratio(
        median(pooled(above)) / median(pooled(below)),
        Quantiles.of(ratios, 0.025),
        Quantiles.of(ratios, 0.975));
  }

  private static int[] rounds(int count, SplittableRandom random) {
    return random.ints(count, 0, count).toArray();
  }

  private static double drawnMedian(double[][] samples, int[] rounds, SplittableRandom random) {
    int size = Arrays.stream(rounds).map(round -> samples[round].length).sum();
    double[] drawn = new double[size];
    int at = 0;
    for (int round : rounds) {
      double[] source = samples[round];
      for (int i = 0; i < source.length; i++) {
        drawn[at++] = source[random.nextInt(source.length)];
      }
    }
    return median(drawn);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return Quantiles.of(values, 0.5);
  }

  private static double[] pooled(double[][] rounds) {
    return Arrays.stream(rounds).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] arrays(Rounds rounds) {
    return rounds.samplesMs().stream()
        .map((List<Double> round) -> round.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }
}
