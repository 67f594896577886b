package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a model is right as often as it says: answers in bins of equal width by the probability
 * of the label that scored highest (Guo et al. 2017, "On Calibration of Modern Neural Networks",
 * section 2).
 *
 * @param bins by ascending probability, empty ones too
 */
public record Calibration(List<Bin> bins) {
  /** Number of bins, as in the paper's tables. */
  public static final int BINS = 15;

  /**
   * The answers whose probability lies in one range.
   *
   * @param low the range's lower end, itself outside except for 0
   * @param high the range's upper end, itself inside
   * @param photos how many answers
   * @param confidence mean probability of the answers, 0 to 1; 0 without any
   * @param accuracy share of the answers that are right, 0 to 1; 0 without any
   */
  public record Bin(double low, double high, int photos, double confidence, double accuracy) {}

  /** Copies the bins. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Counts a model's answers in {@value #BINS} bins. */
  public static Calibration of(Evaluation evaluation) {
    int[] photos = new int[BINS];
    int[] correct = new int[BINS];
    double[] confidence = new double[BINS];
    for (PhotoResult result : evaluation.results()) {
      double probability = result.probabilities().get(0);
      int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
      photos[bin]++;
      correct[bin] += result.correct() ? 1 : 0;
      confidence[bin] += probability;
    }
    List<Bin> bins = new ArrayList<>();
    for (int i : IntStream.range(0, BINS).toArray()) {
      int some = Math.max(1, photos[i]);
      bins.add(
          new Bin(
              (double) i / BINS,
              (i + 1.0) / BINS,
              photos[i],
              confidence[i] / some,
              (double) correct[i] / some));
    }
    return new Calibration(bins);
  }

  /**
   * Expected calibration error: mean distance between a bin's confidence and accuracy, weighed by
   * its photos (the paper's equation 3). 0 to 1. Chance differences within bins never cancel out,
   * so that few photos make it larger.
   */
  public double expectedError() {
    return bins.stream().mapToDouble(b -> b.photos() * gap(b)).sum() / photos();
  }

  /** Mean probability of the answers, 0 to 1: above top-1, the model is too sure of itself. */
  public double meanConfidence() {
    return bins.stream().mapToDouble(b -> b.photos() * b.confidence()).sum() / photos();
  }

  private int photos() {
    return bins.stream().mapToInt(Bin::photos).sum();
  }

  private static double gap(Bin bin) {
    return Math.abs(bin.confidence() - bin.accuracy());
  }
}
