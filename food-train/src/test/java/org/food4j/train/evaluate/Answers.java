package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.food4j.data.manifest.Labels;

/** Answers about photos of one class, right or wrong, with their probabilities. */
final class Answers {
  private final List<PhotoResult> results = new ArrayList<>();

  /** More answers of the same kind. */
  Answers add(int count, boolean right, double... probabilities) {
    for (int i = 0; i < count; i++) {
      for (double probability : probabilities) {
        results.add(
            new PhotoResult(
                "p" + results.size(), 0, List.of(right ? 0 : 1), List.of((float) probability)));
      }
    }
    return this;
  }

  /** The answers, among so many classes. */
  Evaluation of(int classes) {
    return new Evaluation(
        Labels.of(IntStream.range(0, classes).mapToObj(i -> "c" + i).toList()),
        "validation",
        1,
        results);
  }
}
