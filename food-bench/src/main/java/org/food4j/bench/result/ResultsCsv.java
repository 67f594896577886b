package org.food4j.bench.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.file.Csv;

/** {@code results.csv}: the figures of all rows, a column each; what is absent is empty. */
final class ResultsCsv {
  private static final List<String> COLUMNS =
      List.of(
          "model",
          "runtime",
          "form",
          "top1",
          "top5",
          "batch",
          "p50_ms",
          "p95_ms",
          "p99_ms",
          "photos_per_second",
          "bytes",
          "source",
          "top1_low",
          "top1_high",
          "top1_difference",
          "p_value",
          "top1_agreement",
          "max_abs_difference",
          "snr_decibels",
          "speedup",
          "speedup_low",
          "speedup_high",
          "slowdown",
          "slowdown_low",
          "slowdown_high",
          "load_ms",
          "memory_bytes");

  private ResultsCsv() {}

  static String of(List<ObjectNode> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(COLUMNS);
    for (ObjectNode row : rows) {
      lines.add(COLUMNS.stream().map(column -> cell(row.path(column))).toList());
    }
    return Csv.write(lines);
  }

  private static String cell(JsonNode value) {
    return value.isDouble() && Double.isFinite(value.doubleValue())
        ? String.format(Locale.ROOT, "%.6g", value.doubleValue())
        : value.asText();
  }
}
