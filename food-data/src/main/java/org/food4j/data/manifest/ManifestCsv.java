package org.food4j.data.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.food4j.data.file.Csv;
import org.food4j.data.scan.Rejection;

/** The text of {@code manifest.csv} and {@code rejected.csv}. */
public final class ManifestCsv {
  private static final List<String> COLUMNS =
      List.of(
          "id", "path", "label", "split", "width", "height", "sha256", "perceptual_hash", "source");

  private ManifestCsv() {}

  static String rejected(List<Rejection> rejections) {
    List<List<String>> rows = new ArrayList<>(List.of(List.of("path", "reason")));
    rejections.stream()
        .sorted(Rejection.BY_PATH)
        .forEach(rejection -> rows.add(List.of(rejection.path(), rejection.reason())));
    return Csv.write(rows);
  }

  /**
   * Reads {@link #rejected}'s text.
   *
   * @throws IllegalArgumentException if it is not that; the message names the line
   */
  static List<Rejection> rejections(String text) {
    List<Csv.Row> rows = Csv.read(text);
    if (rows.isEmpty() || !rows.get(0).fields().equals(List.of("path", "reason"))) {
      throw new IllegalArgumentException("line 1: the columns are path,reason");
    }
    List<Rejection> rejections = new ArrayList<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      if (row.fields().size() != 2) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "line %d: two columns, not %d", row.line(), row.fields().size()));
      }
      rejections.add(new Rejection(row.fields().get(0), row.fields().get(1)));
    }
    return rejections;
  }

  /** The text of {@code manifest.csv}, as the package's description specifies it. */
  public static String manifest(List<ManifestEntry> entries, Labels labels) {
    List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
    for (ManifestEntry entry : entries) {
      rows.add(
          List.of(
              entry.id(),
              entry.path(),
              labels.get(entry.label()).name(),
              entry.split().key(),
              String.valueOf(entry.width()),
              String.valueOf(entry.height()),
              entry.sha256(),
              entry.perceptualHash(),
              entry.source()));
    }
    return Csv.write(rows);
  }

  /**
   * Reads {@link #manifest}'s text.
   *
   * @throws IllegalArgumentException if it is not that; the message names the line
   */
  public static List<ManifestEntry> entries(String text, Labels labels) {
    List<Csv.Row> rows = Csv.read(text);
    if (rows.isEmpty() || !rows.get(0).fields().equals(COLUMNS)) {
      throw new IllegalArgumentException("line 1: the columns are " + String.join(",", COLUMNS));
    }
    List<ManifestEntry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      try {
        ManifestEntry entry = entry(row.fields(), labels);
        if (!ids.add(entry.id())) {
          throw new IllegalArgumentException("a second photo has the id " + entry.id());
        }
        entries.add(entry);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + row.line() + ": " + e.getMessage(), e);
      }
    }
    return entries;
  }

  private static ManifestEntry entry(List<String> fields, Labels labels) {
    if (fields.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d fields instead of %d", fields.size(), COLUMNS.size()));
    }
    int label =
        labels
            .indexOf(fields.get(2))
            .orElseThrow(
                () -> new IllegalArgumentException("no label is named '" + fields.get(2) + "'"));
    return new ManifestEntry(
        fields.get(0),
        fields.get(1),
        label,
        Split.of(fields.get(3)),
        Integer.parseInt(fields.get(4)),
        Integer.parseInt(fields.get(5)),
        fields.get(6),
        fields.get(7),
        fields.get(8));
  }
}
