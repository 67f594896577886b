package org.food4j.train.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.train.evaluate.Calibration;
import org.food4j.train.evaluate.ClassAverage;
import org.food4j.train.evaluate.Confusion;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.PerClass;
import org.food4j.train.evaluate.PhotoResult;
import org.food4j.train.evaluate.RiskCoverage;
import org.food4j.train.evaluate.SuspectedLabels;

/** The form of {@code evaluation.json}. */
@SuppressWarnings("ArrayRecordComponent")
record EvaluationDocument(
    String split,
    int photos,
    @JsonUnwrapped Accuracy accuracy,
    @JsonUnwrapped Averages averages,
    @JsonUnwrapped Trust trust,
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

  /** How often the answer is right. */
  record Accuracy(
      double top1, double top1Low, double top1High, double top5, double top5Low, double top5High) {
    static Accuracy of(Evaluation evaluation) {
      return new Accuracy(
          evaluation.top1(),
          evaluation.top1Interval().low(),
          evaluation.top1Interval().high(),
          evaluation.top5(),
          evaluation.top5Interval().low(),
          evaluation.top5Interval().high());
    }
  }

  /** Figures averaged over classes. */
  record Averages(
      double macroPrecision,
      double macroRecall,
      double macroF1,
      double macroF1Low,
      double macroF1High,
      double weightedPrecision,
      double weightedRecall,
      double weightedF1) {
    static Averages of(Evaluation evaluation) {
      ClassAverage macro = evaluation.macro();
      ClassAverage weighted = evaluation.weighted();
      Interval interval = evaluation.macroF1Interval();
      return new Averages(
          macro.precision(),
          macro.recall(),
          macro.f1(),
          interval.low(),
          interval.high(),
          weighted.precision(),
          weighted.recall(),
          weighted.f1());
    }
  }

  /** What the probabilities are worth, and how they came about. */
  record Trust(
      double loss,
      double calibrationError,
      double meanConfidence,
      double riskCoverageArea,
      double temperature,
      Double threshold,
      int views) {
    static Trust of(Evaluation evaluation, Calibration calibration, RiskCoverage curve) {
      return new Trust(
          evaluation.loss(),
          calibration.expectedError(),
          calibration.meanConfidence(),
          curve.area(),
          evaluation.settings().temperature(),
          evaluation.settings().threshold().isPresent()
              ? evaluation.settings().threshold().getAsDouble()
              : null,
          evaluation.settings().views().count());
    }
  }

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
        evaluation.photos(),
        Accuracy.of(evaluation),
        Averages.of(evaluation),
        Trust.of(evaluation, calibration, curve),
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
