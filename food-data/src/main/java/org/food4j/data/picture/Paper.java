package org.food4j.data.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** White paper to draw on, measured in points of {@value #SCALE} pixels each. */
final class Paper implements AutoCloseable {
  static final int SCALE = 2;

  static final Color INK = new Color(0x1f2328);
  static final Color PALE_INK = new Color(0x57606a);
  static final Color GRID = new Color(0xe3e6ea);

  static final int TEXT = 12;
  static final int SMALL = 11;
  static final int TITLE = 14;

  /** Six that colour-blind readers tell apart (Okabe and Ito 2008), as pages have them. */
  private static final Color[] PALETTE = {
    new Color(0x0072b2),
    new Color(0xc75300),
    new Color(0x00805c),
    new Color(0xa8528b),
    new Color(0x8a6500),
    new Color(0x2b7fae)
  };

  private final BufferedImage image;
  private final Graphics2D graphics;

  /**
   * @param width in points
   * @param height in points
   * @throws IllegalStateException as {@link PictureFonts#require} does
   */
  Paper(double width, double height) {
    PictureFonts.require();
    image =
        new BufferedImage(
            (int) Math.ceil(SCALE * width),
            (int) Math.ceil(SCALE * height),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
  }

  /** How wide words are, in points: before there is paper, its size is found by this. */
  static double width(String words, int size) {
    PictureFonts.require();
    BufferedImage any = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = any.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      return graphics
          .getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, size))
          .getStringBounds(words, graphics)
          .getWidth();
    } finally {
      graphics.dispose();
    }
  }

  /** The palette's colour, beginning again after the last. */
  static Color colour(int index) {
    return PALETTE[Math.floorMod(index, PALETTE.length)];
  }

  /** A heading in bold, smaller where it would not fit into the width. */
  void title(String words, double left, double baseline, double width) {
    int size = TITLE;
    do {
      graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size--));
    } while (size >= SMALL
        && graphics.getFontMetrics().getStringBounds(words, graphics).getWidth() > width);
    graphics.setColor(INK);
    graphics.drawString(words, (float) left, (float) baseline);
  }

  void text(String words, double left, double baseline, int size, Color color) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    graphics.setColor(color);
    graphics.drawString(words, (float) left, (float) baseline);
  }

  void textTo(String words, double right, double baseline, int size, Color color) {
    text(words, right - width(words, size), baseline, size, color);
  }

  void textAround(String words, double middle, double baseline, int size, Color color) {
    text(words, middle - width(words, size) / 2, baseline, size, color);
  }

  /** Words upwards, from a foot. */
  void textUp(String words, double baseline, double foot, int size, Color color) {
    java.awt.geom.AffineTransform before = graphics.getTransform();
    graphics.translate(baseline, foot);
    graphics.rotate(-Math.PI / 2);
    text(words, 0, 0, size, color);
    graphics.setTransform(before);
  }

  void line(double x1, double y1, double x2, double y2, double width, Color color) {
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setColor(color);
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  void box(double left, double top, double width, double height, Color color) {
    graphics.setColor(color);
    graphics.fill(new Rectangle2D.Double(left, top, width, height));
  }

  void dot(double x, double y, double radius, Color color) {
    graphics.setColor(color);
    graphics.fill(
        new java.awt.geom.Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** An image, resized to that many points. */
  void image(BufferedImage other, double left, double top, double width, double height) {
    graphics.drawImage(
        other,
        new java.awt.geom.AffineTransform(
            width / other.getWidth(), 0, 0, height / other.getHeight(), left, top),
        null);
  }

  BufferedImage image() {
    return image;
  }

  @Override
  public void close() {
    graphics.dispose();
  }
}
