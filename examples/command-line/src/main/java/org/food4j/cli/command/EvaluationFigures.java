package org.food4j.cli.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.RiskCoverage;
import org.food4j.train.run.EvaluationSummary;

/**
 * The JSON document of {@code food evaluate}: the figures of {@code evaluation.json}, and what a
 * threshold comes to.
 *
 * @param accepted photos that reach the threshold; null without one
 * @param acceptedCorrect of them, answered rightly; null without a threshold
 */
record EvaluationFigures(
    @JsonUnwrapped EvaluationSummary summary, Integer accepted, Integer acceptedCorrect) {
  static EvaluationFigures of(Evaluation evaluation) {
    EvaluationSummary summary = EvaluationSummary.of(evaluation);
    if (summary.trust().threshold() == null) {
      return new EvaluationFigures(summary, null, null);
    }
    Optional<RiskCoverage.Point> point = evaluation.accepted();
    return new EvaluationFigures(
        summary,
        point.map(RiskCoverage.Point::accepted).orElse(0),
        point.map(RiskCoverage.Point::correct).orElse(0));
  }

  /** What stands below the line of top-1 and top-5. */
  List<String> lines() {
    EvaluationSummary.Averages averages = summary.averages();
    EvaluationSummary.Trust trust = summary.trust();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Macro F1 %.1f %% (95 %% interval %.1f to %.1f), precision %.1f %%, recall %.1f %%"
            .formatted(
                100 * averages.macroF1(),
                100 * averages.macroF1Low(),
                100 * averages.macroF1High(),
                100 * averages.macroPrecision(),
                100 * averages.macroRecall()));
    lines.add(
        "Weighted F1 %.1f %%, precision %.1f %%, recall %.1f %%"
            .formatted(
                100 * averages.weightedF1(),
                100 * averages.weightedPrecision(),
                100 * averages.weightedRecall()));
    lines.add(
        "Loss %.3f nats, calibration error %.1f %%, mean confidence %.1f %%, at temperature %.3f"
            .formatted(
                trust.loss(),
                100 * trust.calibrationError(),
                100 * trust.meanConfidence(),
                trust.temperature()));
    lines.add("Area under the risk-coverage curve %.3f".formatted(trust.riskCoverageArea()));
    if (trust.threshold() != null) {
      lines.add(
          "Threshold %.1f %%: %d of %d photos answered%s, the others \"none of these\""
              .formatted(
                  100 * trust.threshold(),
                  accepted,
                  summary.photos(),
                  accepted == 0
                      ? ""
                      : ", %.1f %% of them rightly".formatted(100.0 * acceptedCorrect / accepted)));
    }
    if (trust.views() > 1) {
      lines.add(
          "Each photo in %d views, whose probabilities are averaged".formatted(trust.views()));
    }
    return lines;
  }
}
