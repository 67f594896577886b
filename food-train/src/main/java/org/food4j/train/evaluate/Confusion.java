package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.food4j.data.manifest.Label;

/**
 * A class taken for another.
 *
 * @param actual what the photos show
 * @param predicted what they were taken for
 * @param photos how many, at least 1
 * @param of all photos that show {@code actual}
 * @param reverse photos that show {@code predicted} and were taken for {@code actual}
 */
public record Confusion(Label actual, Label predicted, int photos, int of, int reverse) {
  /** Every mistake that was made, the most frequent first, then in the order of the labels. */
  public static List<Confusion> of(Evaluation evaluation) {
    int[][] counts = evaluation.confusion();
    List<PerClass> classes = PerClass.of(evaluation);
    List<Confusion> found = new ArrayList<>();
    for (Label actual : evaluation.labels()) {
      for (Label predicted : evaluation.labels()) {
        int photos = counts[actual.index()][predicted.index()];
        if (photos > 0 && actual.index() != predicted.index()) {
          int all = classes.get(actual.index()).photos();
          int reverse = counts[predicted.index()][actual.index()];
          found.add(new Confusion(actual, predicted, photos, all, reverse));
        }
      }
    }
    found.sort(Comparator.comparingInt(Confusion::photos).reversed());
    return List.copyOf(found);
  }

  /** Share of the photos of {@code actual}, 0 to 1. */
  public double share() {
    return (double) photos / of;
  }
}
