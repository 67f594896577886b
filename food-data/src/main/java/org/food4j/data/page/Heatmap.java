package org.food4j.data.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix as a field of coloured cells: rows are what a photo shows, columns what it was
 * taken for. The diagonal has its own colour, so that right and wrong differ by more than place;
 * the share of the row decides how strong a cell's colour is. Cells with no photo stay empty.
 * Readable for up to some sixty classes. Immutable.
 */
public final class Heatmap {
  private static final int CELL = 25;
  private static final double LETTER_WIDTH = 6.4;
  private static final double SLANT_DEGREES = -55;

  private final String title;
  private final List<String> names;
  private final int[][] counts;

  /**
   * A confusion matrix.
   *
   * @param title what it shows
   * @param names of rows and columns
   * @param counts {@code [actual][predicted]}, at least 0, as many of each as names; copied
   */
  public Heatmap(String title, List<String> names, int[][] counts) {
    this.title = title;
    this.names = List.copyOf(names);
    this.counts = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
    int size = names.size();
    if (size == 0
        || counts.length != size
        || Arrays.stream(counts).anyMatch(row -> row.length != size)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d names take %d rows of %d counts, not %s",
              size,
              size,
              size,
              Arrays.stream(counts).map(row -> row.length).toList()));
    }
    if (Arrays.stream(counts).flatMapToInt(Arrays::stream).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("A count of photos is at least 0: " + title);
    }
  }

  /** The figure, in a frame that scrolls sideways where the page is too narrow. */
  public Markup markup() {
    double longest = names.stream().mapToInt(String::length).max().orElse(0) * LETTER_WIDTH;
    double left = 12 + longest;
    double slant = Math.toRadians(-SLANT_DEGREES);
    double top = 14 + longest * Math.sin(slant);
    double field = (double) CELL * names.size();
    double width = left + field + longest * Math.cos(slant);
    double height = top + field + 4;
    List<Markup> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parts.add(columnName(i, left, top));
    }
    parts.add(frame(left, top, field));
    for (int i = 0; i < names.size(); i++) {
      parts.add(row(i, left, top));
    }
    Markup svg =
        Markup.element("svg")
            .with("class", "heatmap")
            .with("viewBox", "0 0 " + Math.round(width) + " " + Math.round(height))
            // Never so small that counts cannot be read, never much larger than text.
            .with(
                "style",
                text("min-width:%dpx;max-width:%dpx", Math.round(width), Math.round(1.4 * width)))
            .with("role", "img")
            .with("aria-label", description())
            .add(parts);
    return Markup.element("figure").with("class", "card").add(legend(), Scroll.around(title, svg));
  }

  /** Digits that every browser reads, whatever the machine's language. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private Markup row(int actual, double left, double top) {
    double y = top + actual * (double) CELL;
    int total = Arrays.stream(counts[actual]).sum();
    List<Markup> parts = new ArrayList<>();
    parts.add(
        Markup.element("text")
            .with("class", "name")
            .with("text-anchor", "end")
            .with("x", left - 7)
            .with("y", y + CELL * 0.65)
            .add(names.get(actual)));
    for (int predicted = 0; predicted < names.size(); predicted++) {
      if (counts[actual][predicted] > 0) {
        parts.add(cell(actual, predicted, total, left + predicted * (double) CELL, y));
      }
    }
    return Markup.element("g").add(parts);
  }

  private Markup cell(int actual, int predicted, int total, double x, double y) {
    int count = counts[actual][predicted];
    double share = (double) count / total;
    // A root, so that a single mistake among many photos still shows.
    double strength = 0.1 + 0.9 * Math.sqrt(share);
    String depth = strength > 0.85 ? "deep" : strength > 0.6 ? "middle" : "pale";
    String what =
        actual == predicted
            ? names.get(actual) + " recognised"
            : names.get(actual) + " taken for " + names.get(predicted);
    return Markup.element("g")
        .with("class", (actual == predicted ? "right " : "wrong ") + depth)
        .add(
            Markup.element("title")
                .add(text("%s: %d of %d (%s)", what, count, total, Unit.PERCENT.text(share))),
            Markup.element("rect")
                .with("x", x + 0.5)
                .with("y", y + 0.5)
                .with("width", CELL - 1)
                .with("height", CELL - 1)
                .with("fill-opacity", strength),
            Markup.element("text")
                .with("text-anchor", "middle")
                .with("x", x + CELL / 2.0)
                .with("y", y + CELL * 0.65)
                .add(Unit.COUNT.text(count)));
  }

  private Markup columnName(int column, double left, double top) {
    double x = left + (column + 0.6) * CELL;
    double y = top - 6;
    return Markup.element("text")
        .with("class", "name")
        .with("transform", text("translate(%.0f %.0f) rotate(%.0f)", x, y, SLANT_DEGREES))
        .add(names.get(column));
  }

  /** The empty field with a line between cells, as one path: a thousand empty cells weigh much. */
  private Markup frame(double left, double top, double field) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= names.size(); i++) {
      long at = Math.round(i * (double) CELL);
      long x = Math.round(left);
      long y = Math.round(top);
      path.append(text("M%d %dh%d", x, y + at, Math.round(field)));
      path.append(text("M%d %dv%d", x + at, y, Math.round(field)));
    }
    return Markup.element("path").with("class", "grid").with("d", path.toString());
  }

  private Markup legend() {
    return Markup.element("ul")
        .with("class", "legend")
        .add(
            Markup.element("li").add(key("right"), Markup.text("recognised")),
            Markup.element("li").add(key("wrong"), Markup.text("taken for another")),
            Markup.element("li")
                .add("Rows: what the photo shows. Columns: the answer. Numbers: photos."));
  }

  private static Markup key(String style) {
    return Markup.element("span").with("class", "key " + style).with("aria-hidden", "true");
  }

  private String description() {
    int right = 0;
    int all = 0;
    for (int i = 0; i < counts.length; i++) {
      right += counts[i][i];
      all += Arrays.stream(counts[i]).sum();
    }
    return text("%s: %d classes, %d of %d photos on the diagonal", title, names.size(), right, all);
  }
}
