package org.food4j.data.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.file.Csv;
import org.food4j.data.scan.LookAlike;

/** The text of {@code near_duplicates.csv}. */
final class NearDuplicatesCsv {
  private static final List<String> COLUMNS = List.of("path", "other", "similarity", "mirrored");

  private NearDuplicatesCsv() {}

  static String write(List<LookAlike> lookAlikes) {
    List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
    lookAlikes.stream()
        .sorted(LookAlike.BY_PATH)
        .forEach(
            pair ->
                rows.add(
                    List.of(
                        pair.path(),
                        pair.other(),
                        String.format(Locale.ROOT, "%.4f", pair.similarity()),
                        String.valueOf(pair.mirrored()))));
    return Csv.write(rows);
  }

  /**
   * Reads {@link #write}'s text.
   *
   * @throws IllegalArgumentException if it is not that; the message names the line
   */
  static List<LookAlike> read(String text) {
    List<Csv.Row> rows = Csv.read(text);
    if (rows.isEmpty() || !rows.get(0).fields().equals(COLUMNS)) {
      throw new IllegalArgumentException("line 1: the columns are " + String.join(",", COLUMNS));
    }
    return rows.subList(1, rows.size()).stream().map(NearDuplicatesCsv::lookAlike).toList();
  }

  private static LookAlike lookAlike(Csv.Row row) {
    List<String> fields = row.fields();
    if (fields.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "line %d: %d columns, not %d",
              row.line(),
              COLUMNS.size(),
              fields.size()));
    }
    try {
      return new LookAlike(
          fields.get(0),
          fields.get(1),
          Double.parseDouble(fields.get(2)),
          Boolean.parseBoolean(fields.get(3)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "line %d: %s", row.line(), e.getMessage()), e);
    }
  }
}
