package org.food4j.train.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.train.evaluate.Calibration;
import org.food4j.train.evaluate.Confusion;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PerClass;
import org.food4j.train.evaluate.PhotoResult;
import org.food4j.train.evaluate.RiskCoverage;
import org.food4j.train.evaluate.SuspectedLabels;

/** The form of {@code evaluation.json}. */
@SuppressWarnings("ArrayRecordComponent")
record EvaluationDocument(
    String split,
    @JsonUnwrapped EvaluationSummary summary,
    List<String> labels,
    List<ClassCounts> classes,
    List<Calibration.Bin> calibration,
    List<Accepted> riskCoverage,
    List<Pair> mostConfused,
    List<Mistake> worstMistakes,
    List<Suspected> suspectedLabels,
    int[][] confusion,
    List<PhotoResult> results) {
  private static final int MOST_PAIRS = 20;
  private static final int MOST_MISTAKES = 20;

  /** A class against all others. */
  record ClassCounts(String label, int truePositives, int falsePositives, int falseNegatives) {
    static ClassCounts of(PerClass each) {
      return new ClassCounts(
          each.label().name(), each.correct(), each.falsePositives(), each.falseNegatives());
    }
  }

  /** A {@link RiskCoverage.Point}, without the number of all photos. */
  record Accepted(double probability, int accepted, int correct) {
    static Accepted of(RiskCoverage.Point point) {
      return new Accepted(point.probability(), point.accepted(), point.correct());
    }
  }

  /** A {@link Confusion}, by the names of the labels. */
  record Pair(String actual, String predicted, int photos, int of, int reverse) {
    static Pair of(Confusion each) {
      return new Pair(
          each.actual().name(), each.predicted().name(), each.photos(), each.of(), each.reverse());
    }
  }

  /** A wrong answer, by the names of the labels. */
  record Mistake(String path, String actual, String predicted, double probability) {
    static Mistake of(Labels labels, PhotoResult result) {
      return new Mistake(
          result.path(),
          labels.get(result.actual()).name(),
          labels.get(result.predicted()).name(),
          result.probabilities().get(0));
    }
  }

  /** A {@link SuspectedLabels.Suspect}, by the names of the labels. */
  record Suspected(
      String path,
      String label,
      String suggested,
      double confidence,
      double selfConfidence,
      boolean confident) {
    static Suspected of(SuspectedLabels.Suspect each) {
      return new Suspected(
          each.path(),
          each.label().name(),
          each.suggested().name(),
          each.confidence(),
          each.selfConfidence(),
          each.confident());
    }
  }

  static EvaluationDocument of(Evaluation evaluation) {
    Calibration calibration = Calibration.of(evaluation);
    RiskCoverage curve = RiskCoverage.of(evaluation);
    return new EvaluationDocument(
        evaluation.split(),
        EvaluationSummary.of(evaluation, calibration, curve),
        evaluation.labels().asList().stream().map(Label::name).toList(),
        PerClass.of(evaluation).stream().map(ClassCounts::of).toList(),
        calibration.bins(),
        curve.points().stream().map(Accepted::of).toList(),
        Confusion.of(evaluation).stream().limit(MOST_PAIRS).map(Pair::of).toList(),
        evaluation.surestMistakes(MOST_MISTAKES).stream()
            .map(result -> Mistake.of(evaluation.labels(), result))
            .toList(),
        evaluation.suspects().stream().map(Suspected::of).toList(),
        evaluation.confusion(),
        evaluation.results());
  }
}
