package org.food4j.data.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as in RFC 4180, but for the line end, which is a line feed: fields that
 * hold a comma, a quote or a line end stand in quotes, quotes in them are doubled. Reading takes
 * both line ends.
 */
public final class Csv {
  /**
   * A record of a file.
   *
   * @param line of the file that it begins on, from 1
   * @param fields without their quotes
   */
  public record Row(int line, List<String> fields) {
    /** Copies the fields. */
    public Row {
      fields = List.copyOf(fields);
    }
  }

  private Csv() {}

  /**
   * The text of a file.
   *
   * @param rows its records, the heading first where there is one
   */
  public static String write(List<List<String>> rows) {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      out.append(record(row)).append('\n');
    }
    return out.toString();
  }

  /** One record without its line end, for files that are written as they come. */
  public static String record(List<String> fields) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < fields.size(); i++) {
      out.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
    }
    return out.toString();
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /**
   * The records of a file.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  public static List<Row> read(String text) {
    List<Row> rows = new ArrayList<>();
    int line = 1;
    int at = 0;
    while (at < text.length()) {
      int firstLine = line;
      List<String> fields = new ArrayList<>();
      boolean more = true;
      while (more) {
        StringBuilder field = new StringBuilder();
        if (at < text.length() && text.charAt(at) == '"') {
          int start = line;
          for (at++; ; at++) {
            if (at >= text.length()) {
              throw new IllegalArgumentException("line " + start + ": a quote is not closed");
            }
            char c = text.charAt(at);
            if (c == '"') {
              at++;
              if (at >= text.length() || text.charAt(at) != '"') {
                break;
              }
            }
            line += c == '\n' ? 1 : 0;
            field.append(c);
          }
        }
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
          field.append(text.charAt(at++));
        }
        fields.add(field.toString());
        more = at < text.length() && text.charAt(at) == ',';
        at += more ? 1 : 0;
      }
      rows.add(new Row(firstLine, fields));
      at += text.startsWith("\r\n", at) ? 2 : 1;
      line++;
    }
    return rows;
  }
}
