package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.food4j.data.manifest.Label;

/**
 * How one class fared (van Rijsbergen 1979, "Information Retrieval", for the figures). A figure is
 * empty where it would divide by zero: a class without photos has no recall, one that was never
 * answered no precision.
 *
 * @param label the class
 * @param photos that show it
 * @param answered photos that were taken for it, rightly or wrongly
 * @param correct photos that show it and were taken for it
 */
public record PerClass(Label label, int photos, int answered, int correct) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if more answers are correct than there are photos or answers
   */
  public PerClass {
    if (correct < 0 || correct > photos || correct > answered) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d photos, %d answers, of which %d correct",
              label.name(),
              photos,
              answered,
              correct));
    }
  }

  /** The figures of every class, in the order of the labels. */
  public static List<PerClass> of(Evaluation evaluation) {
    int[][] counts = evaluation.confusion();
    List<PerClass> classes = new ArrayList<>();
    for (Label label : evaluation.labels()) {
      int photos = 0;
      int answered = 0;
      for (int other = 0; other < counts.length; other++) {
        photos += counts[label.index()][other];
        answered += counts[other][label.index()];
      }
      classes.add(new PerClass(label, photos, answered, counts[label.index()][label.index()]));
    }
    return List.copyOf(classes);
  }

  /** Photos of other classes that were taken for it. */
  public int falsePositives() {
    return answered - correct;
  }

  /** Photos that show it and were taken for others. */
  public int falseNegatives() {
    return photos - correct;
  }

  /** Share of the answers that were right, 0 to 1. */
  public OptionalDouble precision() {
    return share(correct, answered);
  }

  /** Share of the photos that were recognised, 0 to 1. */
  public OptionalDouble recall() {
    return share(correct, photos);
  }

  /** Harmonic mean of precision and recall, 0 to 1; 0 where only one of them exists. */
  public OptionalDouble f1() {
    return share(2 * correct, photos + answered);
  }

  private static OptionalDouble share(int part, int whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
