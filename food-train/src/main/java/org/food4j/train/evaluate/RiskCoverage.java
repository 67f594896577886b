package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a model gains by answering only where it is sure: for every threshold of the highest
 * probability, how many photos it still answers and how many of those rightly (El-Yaniv and Wiener
 * 2010, "On the Foundations of Noise-free Selective Classification"; Geifman and El-Yaniv 2017,
 * "Selective Classification for Deep Neural Networks", section 2, with the softmax response as
 * confidence).
 *
 * @param points one per different probability, by falling probability, and so by rising coverage;
 *     the last one answers every photo
 */
public record RiskCoverage(List<Point> points) {
  /**
   * What one threshold does.
   *
   * @param probability the least one that is answered, 0 to 1
   * @param accepted photos that have it or more, at least 1
   * @param correct those of them that are answered rightly
   * @param photos all
   */
  public record Point(double probability, int accepted, int correct, int photos) {
    /** Share of the photos that are answered, above 0, to 1. */
    public double coverage() {
      return (double) accepted / photos;
    }

    /** Share of the answers that are right, 0 to 1: one less the selective risk. */
    public double accuracy() {
      return (double) correct / accepted;
    }

    /** 95 % Wilson interval of {@link #accuracy}. */
    public Interval accuracyInterval() {
      return Interval.wilson(correct, accepted);
    }
  }

  /** Copies the points. */
  public RiskCoverage {
    points = List.copyOf(points);
  }

  /** The curve of a model's answers, at the probabilities that they have. */
  public static RiskCoverage of(Evaluation evaluation) {
    List<PhotoResult> surestFirst =
        evaluation.results().stream()
            .sorted(Comparator.comparingDouble(result -> -result.probabilities().get(0)))
            .toList();
    List<Point> points = new ArrayList<>();
    int correct = 0;
    for (int i = 0; i < surestFirst.size(); i++) {
      float probability = surestFirst.get(i).probabilities().get(0);
      correct += surestFirst.get(i).correct() ? 1 : 0;
      // no threshold tells equal probabilities apart
      if (i + 1 == surestFirst.size()
          || surestFirst.get(i + 1).probabilities().get(0) < probability) {
        points.add(new Point(probability, i + 1, correct, surestFirst.size()));
      }
    }
    return new RiskCoverage(points);
  }

  /**
   * Area under the risk-coverage curve: the mean, over every number of answered photos from 1 to
   * all, of the share of wrong answers among them. 0 to 1; lower is better, and what is left of it
   * in a model of the same top-1 tells how well its confidence ranks right before wrong. Among
   * photos of equal probability the order is random, and its expectation counts.
   */
  public double area() {
    double sum = 0;
    int accepted = 0;
    int wrong = 0;
    for (Point point : points) {
      int more = point.accepted() - accepted;
      int moreWrong = point.accepted() - point.correct() - wrong;
      for (int i = 1; i <= more; i++) {
        sum += (wrong + (double) moreWrong * i / more) / (accepted + i);
      }
      accepted += more;
      wrong += moreWrong;
    }
    return sum / accepted;
  }

  /**
   * What a threshold does.
   *
   * @return empty if no photo reaches it
   */
  public Optional<Point> at(double threshold) {
    return points.stream()
        .filter(point -> point.probability() >= threshold)
        .reduce((one, lower) -> lower);
  }
}
