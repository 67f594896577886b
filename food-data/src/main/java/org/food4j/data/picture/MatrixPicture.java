package org.food4j.data.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.food4j.data.page.Unit;

/**
 * A table of numbers as coloured cells. Zero is white; what lies above it turns red, what lies
 * below it blue, the darker the farther, so that a table of differences shows its sign at a glance.
 *
 * @param title what the cells show
 * @param rows names from top to bottom
 * @param columns names from left to right; written upwards below the cells
 * @param values {@code [row][column]}, finite; not copied, callers must not write to them
 * @param unit of the values, for the scale
 */
@SuppressWarnings("ArrayRecordComponent")
public record MatrixPicture(
    String title, List<String> rows, List<String> columns, double[][] values, Unit unit) {
  private static final double CELL_HEIGHT = 22;
  private static final double WIDEST_CELL = 34;
  private static final double NARROWEST_CELL = 11;
  private static final double FIELD = 560;
  private static final double MARGIN = 16;
  private static final double TITLE_HEIGHT = 24;
  private static final Color HIGH = new Color(0x9e2a2b);
  private static final Color LOW = new Color(0x1f4e8c);

  /**
   * Checks the sizes and the values.
   *
   * @throws IllegalArgumentException if the names are not as many as the cells, there are no cells,
   *     or one is not finite
   */
  public MatrixPicture {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    int width = columns.size();
    if (rows.isEmpty()
        || width == 0
        || values.length != rows.size()
        || Arrays.stream(values).anyMatch(row -> row.length != width)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d names of rows and %d of columns take so many rows of so many values, at least one, not %s",
              rows.size(),
              width,
              Arrays.stream(values).map(row -> row.length).toList()));
    }
    if (Arrays.stream(values).flatMapToDouble(Arrays::stream).anyMatch(v -> !Double.isFinite(v))) {
      throw new IllegalArgumentException(
          "A cell of '" + title + "' is not a finite number, which has no colour");
    }
  }

  /**
   * Draws it, with the scale of its colours.
   *
   * @throws IllegalStateException if there are no fonts, as {@link PictureFonts#require} says
   */
  public BufferedImage draw() {
    double cell = Math.max(NARROWEST_CELL, Math.min(WIDEST_CELL, FIELD / columns.size()));
    double left = MARGIN + 8 + widest(rows);
    double top = MARGIN + TITLE_HEIGHT;
    double bottom = top + CELL_HEIGHT * rows.size();
    double foot = bottom + 10 + widest(columns);
    double right = left + cell * columns.size();
    double furthest =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    double width = Math.max(right, 320);
    try (Paper paper = new Paper(width + MARGIN, foot + 40)) {
      paper.title(title, MARGIN, MARGIN + 12, width - MARGIN);
      for (int row = 0; row < rows.size(); row++) {
        double y = top + row * CELL_HEIGHT;
        paper.textTo(rows.get(row), left - 8, y + 15, Paper.TEXT, Paper.INK);
        for (int column = 0; column < columns.size(); column++) {
          paper.box(
              left + column * cell,
              y,
              cell - 1,
              CELL_HEIGHT - 1,
              colour(furthest == 0 ? 0 : values[row][column] / furthest));
        }
      }
      for (int column = 0; column < columns.size(); column++) {
        String name = columns.get(column);
        paper.textUp(
            name,
            left + column * cell + cell / 2 + 3.5,
            bottom + 6 + Paper.width(name, Paper.SMALL),
            Paper.SMALL,
            Paper.PALE_INK);
      }
      drawScale(paper, left, foot + 12, furthest);
      return paper.image();
    }
  }

  private void drawScale(Paper paper, double left, double top, double furthest) {
    int steps = 60;
    for (int i = 0; i < steps; i++) {
      paper.box(left + 2 * i, top, 2, 9, colour(2.0 * i / (steps - 1) - 1));
    }
    String words = unit.text(furthest);
    paper.text(
        "\u2212%s to +%s".formatted(words, words),
        left + 2 * steps + 8,
        top + 9,
        Paper.SMALL,
        Paper.PALE_INK);
  }

  private static double widest(List<String> names) {
    return names.stream().mapToDouble(name -> Paper.width(name, Paper.TEXT)).max().orElse(0);
  }

  /** From -1 to 1. */
  private static Color colour(double share) {
    Color end = share < 0 ? LOW : HIGH;
    // the eye sees the first steps away from white least
    double part = Math.pow(Math.abs(share), 0.8);
    return new Color(
        mixed(end.getRed(), part), mixed(end.getGreen(), part), mixed(end.getBlue(), part));
  }

  private static int mixed(int end, double part) {
    return (int) Math.round(247 + part * (end - 247));
  }
}
