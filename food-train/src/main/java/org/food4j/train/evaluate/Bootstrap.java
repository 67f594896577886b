package org.food4j.train.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap over photos (Efron and Tibshirani 1993, "An Introduction to the Bootstrap",
 * chapter 13), for figures of which no closed form is known. Photos are drawn with replacement, as
 * many as there are; the interval is from the 2.5 to the 97.5 percentile of the figure over {@value
 * #RESAMPLES} draws, linear between neighbours. Always the same for the same answers.
 *
 * <p>Classes that a draw leaves without photo and answer take no part in its figure. Where classes
 * have few photos, that and the F1's own curvature shift the interval upwards or downwards, so that
 * it need not lie evenly around the figure.
 */
public final class Bootstrap {
  /** Draws, enough for an interval to be steady to some thousandths. */
  public static final int RESAMPLES = 1000;

  private static final long SEED = 1993;

  private final int[] actual;
  private final int[] predicted;
  private final int classes;

  private Bootstrap(Evaluation evaluation) {
    actual = evaluation.results().stream().mapToInt(PhotoResult::actual).toArray();
    predicted = evaluation.results().stream().mapToInt(PhotoResult::predicted).toArray();
    classes = evaluation.labels().size();
  }

  /** 95 % interval of {@link ClassAverage#macro}'s F1. */
  public static Interval macroF1(Evaluation evaluation) {
    return new Bootstrap(evaluation).macroF1();
  }

  private Interval macroF1() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] figures = new double[RESAMPLES];
    for (int draw = 0; draw < RESAMPLES; draw++) {
      int[] correct = new int[classes];
      int[] photosAndAnswers = new int[classes];
      for (int i = 0; i < actual.length; i++) {
        int photo = random.nextInt(actual.length);
        photosAndAnswers[actual[photo]]++;
        photosAndAnswers[predicted[photo]]++;
        correct[actual[photo]] += actual[photo] == predicted[photo] ? 1 : 0;
      }
      figures[draw] = meanF1(correct, photosAndAnswers);
    }
    Arrays.sort(figures);
    return new Interval(percentile(figures, 0.025), percentile(figures, 0.975));
  }

  private static double meanF1(int[] correct, int[] photosAndAnswers) {
    double sum = 0;
    int taking = 0;
    for (int label = 0; label < correct.length; label++) {
      if (photosAndAnswers[label] > 0) {
        sum += 2.0 * correct[label] / photosAndAnswers[label];
        taking++;
      }
    }
    return sum / taking;
  }

  private static double percentile(double[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) place;
    return ascending[below] + (place - below) * (ascending[below + 1] - ascending[below]);
  }
}
