package org.food4j.data.picture;

import java.awt.image.BufferedImage;
import java.util.List;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoImage;

/**
 * Photos in rows, each with a line below it. Each is fitted into a square, upright, whole.
 *
 * @param side of a square, in points, at least 16
 * @param perRow photos in a row, at least 1
 * @param cells at least one, in the order of reading
 */
public record PhotoGrid(int side, int perRow, List<Cell> cells) {
  private static final double MARGIN = 12;
  private static final double GAP = 8;
  private static final double CAPTION = 20;

  /**
   * A photo.
   *
   * @param photo of any size
   * @param caption one line; may be empty, and is cut where it is too long
   */
  public record Cell(Photo photo, String caption) {}

  /**
   * Copies the cells.
   *
   * @throws IllegalArgumentException if there is none, or a number is below its least
   */
  public PhotoGrid {
    cells = List.copyOf(cells);
    if (cells.isEmpty() || side < 16 || perRow < 1) {
      throw new IllegalArgumentException(
          "A grid has at least one photo, squares of at least 16 points and a photo in a row, not %d photos of %d points, %d in a row"
              .formatted(cells.size(), side, perRow));
    }
  }

  /**
   * Draws it.
   *
   * @throws IllegalStateException if there are no fonts, as {@link PictureFonts#require} says
   */
  public BufferedImage draw() {
    int columns = Math.min(perRow, cells.size());
    int rows = (cells.size() + perRow - 1) / perRow;
    try (Paper paper =
        new Paper(
            2 * MARGIN + columns * (side + GAP) - GAP,
            2 * MARGIN + rows * (side + CAPTION + GAP) - GAP)) {
      for (int i = 0; i < cells.size(); i++) {
        double left = MARGIN + i % perRow * (side + GAP);
        double top = MARGIN + i / perRow * (side + CAPTION + GAP);
        drawCell(paper, cells.get(i), left, top);
      }
      return paper.image();
    }
  }

  private void drawCell(Paper paper, Cell cell, double left, double top) {
    Photo photo = cell.photo();
    double scale = (double) side / Math.max(photo.width(), photo.height());
    double width = scale * photo.width();
    double height = scale * photo.height();
    paper.image(
        PhotoImage.of(photo), left + (side - width) / 2, top + (side - height) / 2, width, height);
    String words = cell.caption();
    while (words.length() > 1 && Paper.width(words, Paper.SMALL) > side) {
      words = words.substring(0, words.length() - (words.endsWith("\u2026") ? 2 : 1)) + "\u2026";
    }
    paper.text(words, left, top + side + 14, Paper.SMALL, Paper.INK);
  }
}
