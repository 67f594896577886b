package org.food4j.train.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.food4j.train.evaluate.Calibration;
import org.food4j.train.evaluate.ClassAverage;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.RiskCoverage;

/**
 * The figures of {@code evaluation.json}: all of it that has no row per class, pair or photo.
 *
 * @param photos that were evaluated
 * @param accuracy how often the answer is right
 * @param averages over classes
 * @param trust what the probabilities are worth
 */
public record EvaluationSummary(
    int photos,
    @JsonUnwrapped Accuracy accuracy,
    @JsonUnwrapped Averages averages,
    @JsonUnwrapped Trust trust) {
  /**
   * How often the answer is right, with 95 % intervals.
   *
   * @param top1 share of the photos whose label scored highest
   * @param top1Low lower end of its interval
   * @param top1High upper end
   * @param top5 share of the photos whose label is among the five that scored highest
   * @param top5Low lower end of its interval
   * @param top5High upper end
   */
  public record Accuracy(
      double top1, double top1Low, double top1High, double top5, double top5Low, double top5High) {
    private static Accuracy of(Evaluation evaluation) {
      return new Accuracy(
          evaluation.top1(),
          evaluation.top1Interval().low(),
          evaluation.top1Interval().high(),
          evaluation.top5(),
          evaluation.top5Interval().low(),
          evaluation.top5Interval().high());
    }
  }

  /**
   * Figures averaged over classes, 0 to 1.
   *
   * @param macroPrecision of all classes alike
   * @param macroRecall of all classes alike
   * @param macroF1 of all classes alike
   * @param macroF1Low lower end of its 95 % interval
   * @param macroF1High upper end
   * @param weightedPrecision by the classes' photos
   * @param weightedRecall by the classes' photos
   * @param weightedF1 by the classes' photos
   */
  public record Averages(
      double macroPrecision,
      double macroRecall,
      double macroF1,
      double macroF1Low,
      double macroF1High,
      double weightedPrecision,
      double weightedRecall,
      double weightedF1) {
    private static Averages of(Evaluation evaluation) {
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

  /**
   * What the probabilities are worth, and how they came about.
   *
   * @param loss mean cross-entropy in nats
   * @param calibrationError expected calibration error, 0 to 1
   * @param meanConfidence mean probability of the answers
   * @param riskCoverageArea area under the risk-coverage curve
   * @param temperature that logits were divided by
   * @param threshold from which on an answer is given; null without one
   * @param views of each photo, whose probabilities are averaged
   */
  public record Trust(
      double loss,
      double calibrationError,
      double meanConfidence,
      double riskCoverageArea,
      double temperature,
      Double threshold,
      int views) {
    private static Trust of(Evaluation evaluation, Calibration calibration, RiskCoverage curve) {
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

  /** The figures of an evaluation. */
  public static EvaluationSummary of(Evaluation evaluation) {
    return of(evaluation, Calibration.of(evaluation), RiskCoverage.of(evaluation));
  }

  static EvaluationSummary of(Evaluation evaluation, Calibration calibration, RiskCoverage curve) {
    return new EvaluationSummary(
        evaluation.photos(),
        Accuracy.of(evaluation),
        Averages.of(evaluation),
        Trust.of(evaluation, calibration, curve));
  }
}
