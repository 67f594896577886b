package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.models.inference.Softmax;

/**
 * A model's answers over one split, and the figures that follow from them: the content of {@code
 * evaluation.json}.
 *
 * @param labels in the order of the model's outputs
 * @param split {@code "test"}, for example
 * @param loss mean cross-entropy in nats
 * @param results one per photo, in the manifest's order
 * @param settings how the logits became answers
 * @param suspects photos whose label is doubted, the most doubtful first; empty if none was sought
 */
public record Evaluation(
    Labels labels,
    String split,
    double loss,
    List<PhotoResult> results,
    AnswerSettings settings,
    List<SuspectedLabels.Suspect> suspects) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Evaluation {
    results = List.copyOf(results);
    suspects = List.copyOf(suspects);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("There is no photo to evaluate in the split " + split);
    }
  }

  /** Answers given plainly, without suspects. */
  public Evaluation(Labels labels, String split, double loss, List<PhotoResult> results) {
    this(labels, split, loss, results, AnswerSettings.PLAIN, List.of());
  }

  /**
   * Ranks a classifier's logits.
   *
   * @param split the name of the part that was scored
   * @param temperature the logits are divided by it before the softmax, above 0
   */
  public static Evaluation of(Scores scores, String split, double temperature) {
    return of(scores, split, AnswerSettings.ofTemperature(temperature));
  }

  /**
   * Ranks a classifier's logits.
   *
   * @param scores by the views that the settings say
   * @param split the name of the part that was scored
   */
  public static Evaluation of(Scores scores, String split, AnswerSettings settings) {
    Softmax softmax = new Softmax(settings.temperature());
    List<PhotoResult> results = new ArrayList<>();
    double loss = 0;
    for (int photo = 0; photo < scores.entries().size(); photo++) {
      int classes = scores.labels().size();
      float[] probabilities = softmax.probabilities(scores.logits(), photo, classes);
      int row = photo;
      // by logits: a temperature may round different ones to equal probabilities
      List<Integer> ranked =
          IntStream.range(0, classes)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer label) -> -scores.logit(row, label)))
              .limit(5)
              .toList();
      ManifestEntry entry = scores.entries().get(photo);
      loss -= Math.log(Math.max(probabilities[entry.label()], Float.MIN_NORMAL));
      results.add(
          new PhotoResult(
              entry.path(),
              entry.label(),
              ranked,
              ranked.stream().map(label -> probabilities[label]).toList()));
    }
    return new Evaluation(
        scores.labels(), split, loss / results.size(), results, settings, List.of());
  }

  /**
   * The same with the photos whose label is doubted.
   *
   * @param scores of the same photos, which the classifier was not trained on
   */
  public Evaluation withSuspects(Scores scores) {
    return new Evaluation(
        labels,
        split,
        loss,
        results,
        settings,
        SuspectedLabels.of(scores, SuspectedLabels.SHARE, settings.temperature()));
  }

  /** Whether another is about the same photos of the same classes, in the same order. */
  public boolean hasPhotosOf(Evaluation other) {
    return split.equals(other.split)
        && labels.equals(other.labels)
        && questions().equals(other.questions());
  }

  private List<String> questions() {
    return results.stream().map(each -> each.actual() + " " + each.path()).toList();
  }

  /** How many photos were answered. */
  public int photos() {
    return results.size();
  }

  /** How many photos' label scored highest. */
  public int correct() {
    return (int) results.stream().filter(PhotoResult::correct).count();
  }

  /** Share of the photos whose label scored highest, 0 to 1. */
  public double top1() {
    return share(correct());
  }

  /** Share of the photos whose label is among the five that scored highest, 0 to 1. */
  public double top5() {
    return share(results.stream().filter(r -> r.ranked().contains(r.actual())).count());
  }

  /** 95 % Wilson score interval of {@link #top1()} (Wilson 1927, without continuity correction). */
  public Interval top1Interval() {
    return Interval.wilson(correct(), photos());
  }

  /** 95 % Wilson score interval of {@link #top5()}. */
  public Interval top5Interval() {
    return Interval.wilson(
        results.stream().filter(r -> r.ranked().contains(r.actual())).count(), photos());
  }

  /** Precision, recall and F1, each class counting the same. */
  public ClassAverage macro() {
    return ClassAverage.macro(PerClass.of(this));
  }

  /** Precision, recall and F1, each class counting as its share of the photos. */
  public ClassAverage weighted() {
    return ClassAverage.weighted(PerClass.of(this));
  }

  /** 95 % bootstrap interval of the macro F1; takes a thousand times the figure's own time. */
  public Interval macroF1Interval() {
    return Bootstrap.macroF1(this);
  }

  /**
   * What the threshold does to these photos.
   *
   * @return empty without a threshold, or where no photo reaches it
   */
  public Optional<RiskCoverage.Point> accepted() {
    return settings.threshold().isPresent()
        ? RiskCoverage.of(this).at(settings.threshold().getAsDouble())
        : Optional.empty();
  }

  /** {@code [actual][predicted]}: how many photos of one label were taken for another. */
  public int[][] confusion() {
    int[][] counts = new int[labels.size()][labels.size()];
    for (PhotoResult result : results) {
      counts[result.actual()][result.predicted()]++;
    }
    return counts;
  }

  /**
   * The photos that the model was surest about and wrong, the surest first.
   *
   * @param limit at most so many, at least 0
   */
  public List<PhotoResult> surestMistakes(int limit) {
    return results.stream()
        .filter(result -> !result.correct())
        .sorted(Comparator.comparing(result -> -result.probabilities().get(0)))
        .limit(limit)
        .toList();
  }

  private double share(long count) {
    return (double) count / photos();
  }
}
