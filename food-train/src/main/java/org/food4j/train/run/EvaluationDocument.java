package org.food4j.train.run;

import java.util.List;
import org.food4j.data.manifest.Label;
import org.food4j.train.evaluate.Evaluation;
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
    double loss,
    List<String> labels,
    int[][] confusion,
    List<PhotoResult> results) {
  static EvaluationDocument of(Evaluation evaluation) {
    return new EvaluationDocument(
        evaluation.split(),
        evaluation.photos(),
        evaluation.top1(),
        evaluation.top1Interval().low(),
        evaluation.top1Interval().high(),
        evaluation.top5(),
        evaluation.loss(),
        evaluation.labels().asList().stream().map(Label::name).toList(),
        evaluation.confusion(),
        evaluation.results());
  }
}
