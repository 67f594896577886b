package org.food4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.food4j.train.evaluate.Calibration;
import org.food4j.train.evaluate.ClassAverage;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.RiskCoverage;

/**
 * The JSON document of {@code food evaluate}: {@code evaluation.json} without what has a row per
 * class, pair or photo.
 *
 * @param threshold null without one
 * @param accepted photos that reach the threshold; null without one
 * @param acceptedCorrect of them, answered rightly; null without a threshold
 */
record EvaluationFigures(
    int photos,
    double top1,
    double top5,
    double top1Low,
    double top1High,
    double top5Low,
    double top5High,
    double macroPrecision,
    double macroRecall,
    double macroF1,
    double macroF1Low,
    double macroF1High,
    double weightedPrecision,
    double weightedRecall,
    double weightedF1,
    double loss,
    double calibrationError,
    double meanConfidence,
    double riskCoverageArea,
    double temperature,
    Double threshold,
    Integer accepted,
    Integer acceptedCorrect,
    int views) {
  static EvaluationFigures of(Evaluation evaluation) {
    ClassAverage macro = evaluation.macro();
    ClassAverage weighted = evaluation.weighted();
    Interval macroF1 = evaluation.macroF1Interval();
    Calibration calibration = Calibration.of(evaluation);
    OptionalDouble threshold = evaluation.settings().threshold();
    Optional<RiskCoverage.Point> accepted = evaluation.accepted();
    return new EvaluationFigures(
        evaluation.photos(),
        evaluation.top1(),
        evaluation.top5(),
        evaluation.top1Interval().low(),
        evaluation.top1Interval().high(),
        evaluation.top5Interval().low(),
        evaluation.top5Interval().high(),
        macro.precision(),
        macro.recall(),
        macro.f1(),
        macroF1.low(),
        macroF1.high(),
        weighted.precision(),
        weighted.recall(),
        weighted.f1(),
        evaluation.loss(),
        calibration.expectedError(),
        calibration.meanConfidence(),
        RiskCoverage.of(evaluation).area(),
        evaluation.settings().temperature(),
        threshold.isPresent() ? (Double) threshold.getAsDouble() : null,
        threshold.isPresent()
            ? accepted.map(RiskCoverage.Point::accepted).orElse(0)
            : (Integer) null,
        threshold.isPresent()
            ? accepted.map(RiskCoverage.Point::correct).orElse(0)
            : (Integer) null,
        evaluation.settings().views().count());
  }

  /** What stands below the line of top-1 and top-5. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Macro F1 %.1f %% (95 %% interval %.1f to %.1f), precision %.1f %%, recall %.1f %%"
            .formatted(
                100 * macroF1,
                100 * macroF1Low,
                100 * macroF1High,
                100 * macroPrecision,
                100 * macroRecall));
    lines.add(
        "Weighted F1 %.1f %%, precision %.1f %%, recall %.1f %%"
            .formatted(100 * weightedF1, 100 * weightedPrecision, 100 * weightedRecall));
    lines.add(
        "Loss %.3f nats, calibration error %.1f %%, mean confidence %.1f %%, at temperature %.3f"
            .formatted(loss, 100 * calibrationError, 100 * meanConfidence, temperature));
    lines.add("Area under the risk-coverage curve %.3f".formatted(riskCoverageArea));
    if (threshold != null) {
      lines.add(
          "Threshold %.1f %%: %d of %d photos answered%s, the others \"none of these\""
              .formatted(
                  100 * threshold,
                  accepted,
                  photos,
                  accepted == 0
                      ? ""
                      : ", %.1f %% of them rightly".formatted(100.0 * acceptedCorrect / accepted)));
    }
    if (views > 1) {
      lines.add("Each photo in %d views, whose probabilities are averaged".formatted(views));
    }
    return lines;
  }
}
