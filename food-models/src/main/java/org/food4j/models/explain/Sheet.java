package org.food4j.models.explain;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoImage;
import org.food4j.data.picture.PictureFonts;
import org.food4j.data.picture.PngFile;

/** A white sheet to draw on: photos, words, bars and scales of heat, without any display. */
final class Sheet implements AutoCloseable {
  static final Color INK = new Color(0x1f2328);
  static final Color PALE_INK = new Color(0x6a737d);
  static final Color TRACK = new Color(0xeef0f3);
  static final Color BAR = new Color(0xa9b3c0);
  static final Color ACCENT = new Color(0xc2410c);

  static final int TEXT = 15;
  static final int SMALL = 13;

  private final BufferedImage image;
  private final Graphics2D graphics;

  /**
   * @throws IllegalStateException as {@link PictureFonts#require} does
   */
  Sheet(int width, int height) {
    PictureFonts.require();
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  /** A photo with its upper left corner there, pixel by pixel. */
  void photo(Photo photo, int left, int top) {
    graphics.drawImage(PhotoImage.of(photo), left, top, null);
  }

  /**
   * One line; what does not fit into the width ends in an ellipsis.
   *
   * @return where it ends
   */
  double text(String words, double left, double baseline, double width, int size, Color color) {
    return text(words, left, baseline, width, size, color, Font.PLAIN);
  }

  /** One line in bold. */
  void heading(String words, double left, double baseline, double width) {
    text(words, left, baseline, width, TEXT, INK, Font.BOLD);
  }

  private double text(
      String words, double left, double baseline, double width, int size, Color color, int style) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
    graphics.setColor(color);
    String shown = words;
    while (shown.length() > 1 && width(shown) > width) {
      shown = shown.substring(0, shown.length() - (shown.endsWith("\u2026") ? 2 : 1)) + "\u2026";
    }
    graphics.drawString(shown, (float) left, (float) baseline);
    return left + width(shown);
  }

  /** One line that ends there. */
  void textTo(String words, double right, double baseline, int size, Color color) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    graphics.setColor(color);
    graphics.drawString(words, (float) (right - width(words)), (float) baseline);
  }

  private double width(String words) {
    return graphics.getFontMetrics().getStringBounds(words, graphics).getWidth();
  }

  /** A part of a track. */
  void bar(double left, double top, double width, double height, double share, Color color) {
    graphics.setColor(TRACK);
    graphics.fill(new RoundRectangle2D.Double(left, top, width, height, height, height));
    graphics.setColor(color);
    // never shorter than it is high, or its round ends would not be round
    double filled = Math.max(height, share * width);
    graphics.fill(new RoundRectangle2D.Double(left, top, filled, height, height, height));
  }

  /** The colours of all heats, cold to hot from left to right. */
  void scale(int left, int top, int width, int height) {
    for (int x = 0; x < width; x++) {
      cell(left + x, top, 1, height, x / (width - 1.0));
    }
  }

  /** A rectangle in the colour of a heat. */
  void cell(double left, double top, double width, double height, double heat) {
    graphics.setColor(new Color(HeatColors.of(heat)));
    graphics.fill(new Rectangle2D.Double(left, top, width, height));
  }

  /** A fine horizontal line. */
  void rule(double left, double right, double y) {
    graphics.setColor(TRACK);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(left, y, right, y));
  }

  /** The colour that was drawn at a place. */
  int rgb(int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  /**
   * Writes a PNG file, whole or not at all; an existing one is replaced.
   *
   * @throws IOException if that fails
   */
  void write(Path file) throws IOException {
    PngFile.write(image, file);
  }

  @Override
  public void close() {
    graphics.dispose();
  }
}
