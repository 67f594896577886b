package org.food4j.train.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of {@code leaderboard.json}; what a row lacks is left out. */
final class LeaderBoardJson {
  private LeaderBoardJson() {}

  /** The document, for a writer of snake_case keys. */
  static Map<String, Object> of(LeaderBoard board) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("dataset_fingerprint", board.fingerprint());
    document.put("split", board.split());
    document.put("photos", board.photos());
    document.put("keys", board.keys());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < board.rows().size(); i++) {
      rows.add(row(i + 1, board.rows().get(i)));
    }
    document.put("rows", rows);
    return document;
  }

  private static Map<String, Object> row(int rank, LeaderBoardRow row) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("rank", rank);
    form.put("name", row.name());
    form.put("values", row.values());
    form.put("runs", row.runs().stream().map(Object::toString).toList());
    Map<String, String> failures = new LinkedHashMap<>();
    row.failures().forEach((run, reason) -> failures.put(run.toString(), reason));
    form.put("failures", failures);
    row.planned().ifPresent(epochs -> form.put("planned_epochs", epochs));
    row.figures().ifPresent(figures -> figures(form, figures));
    return form;
  }

  private static void figures(Map<String, Object> form, LeaderBoardRow.Figures figures) {
    form.put("parameters", figures.parameters());
    form.put("epochs", figures.epochs());
    form.put("minutes", figures.minutes());
    spread(form, "validation_top1", figures.validationTop1());
    spread(form, "top1", figures.top1());
    form.put("top1_low", figures.top1Interval().low());
    form.put("top1_high", figures.top1Interval().high());
    spread(form, "top5", figures.top5());
    spread(form, "macro_f1", figures.macroF1());
    figures
        .difference()
        .ifPresent(
            difference -> {
              form.put("difference", difference.value());
              form.put("difference_low", difference.low());
              form.put("difference_high", difference.high());
            });
    figures.pValue().ifPresent(p -> form.put("p_value", p));
  }

  private static void spread(Map<String, Object> form, String key, Spread spread) {
    form.put(key, spread.mean());
    if (spread.count() > 1) {
      form.put(key + "_sd", spread.standardDeviation());
    }
  }
}
