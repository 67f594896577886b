package org.food4j.train.run;

import java.util.List;
import org.food4j.data.manifest.Label;
import org.food4j.train.evaluate.Calibration;
import org.food4j.train.evaluate.Confusion;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PerClass;
import org.food4j.train.evaluate.PhotoResult;

/** The form of {@code evaluation.json}. */
@SuppressWarnings("ArrayRecordComponent")
record EvaluationDocument(
    String split,
    int photos,
    double top1,
    double top1Low,
    double top1High,
    double top5,
    double top5Low,
    double top5High,
    double macroF1,
    double loss,
    double calibrationError,
    double meanConfidence,
    List<String> labels,
    List<ClassCounts> classes,
    List<Calibration.Bin> calibration,
    List<Pair> mostConfused,
    int[][] confusion,
    List<PhotoResult> results) {
  private static final int MOST_PAIRS = 20;

  /** A class against all others. */
  record ClassCounts(String label, int truePositives, int falsePositives, int falseNegatives) {
    static ClassCounts of(PerClass each) {
      return new ClassCounts(
          each.label().name(),
          each.correct(),
          each.answered() - each.correct(),
          each.photos() - each.correct());
    }
  }

  /** A {@link Confusion}, by the names of the labels. */
  record Pair(String actual, String predicted, int photos, int of, int reverse) {
    static Pair of(Confusion each) {
      return new Pair(
          each.actual().name(), each.predicted().name(), each.photos(), each.of(), each.reverse());
    }
  }

  static EvaluationDocument of(Evaluation evaluation) {
    Calibration calibration = Calibration.of(evaluation);
    List<PerClass> classes = PerClass.of(evaluation);
    return new EvaluationDocument(
        evaluation.split(),
        evaluation.photos(),
        evaluation.top1(),
        evaluation.top1Interval().low(),
        evaluation.top1Interval().high(),
        evaluation.top5(),
        evaluation.top5Interval().low(),
        evaluation.top5Interval().high(),
        PerClass.macroF1(classes),
        evaluation.loss(),
        calibration.expectedError(),
        calibration.meanConfidence(),
        evaluation.labels().asList().stream().map(Label::name).toList(),
        classes.stream().map(ClassCounts::of).toList(),
        calibration.bins(),
        Confusion.of(evaluation).stream().limit(MOST_PAIRS).map(Pair::of).toList(),
        evaluation.confusion(),
        evaluation.results());
  }
}
