package org.food4j.samples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws leaves, healthy and ill, for the samples that are about another domain than food. */
final class DrawnLeaves {
  private static final int SIDE = 128;

  /** What is to be seen on a leaf. */
  enum State {
    HEALTHY("healthy", 150),
    LATE_BLIGHT("late_blight", 75),
    LEAF_RUST("leaf_rust", 50);

    /** The folder's name. */
    final String folder;

    /** How many are drawn: illnesses are rarer than health. */
    final int photos;

    State(String folder, int photos) {
      this.folder = folder;
      this.photos = photos;
    }
  }

  private DrawnLeaves() {}

  /** Writes a folder per class; equal seeds draw equal leaves, over what is there already. */
  static Path write(Path photos, long seed) throws IOException {
    Random random = new Random(seed);
    for (State state : State.values()) {
      Path folder = Files.createDirectories(photos.resolve(state.folder));
      for (int number = 0; number < state.photos; number++) {
        Path file = folder.resolve("leaf-%03d.png".formatted(number));
        ImageIO.write(draw(state, random), "png", file.toFile());
      }
    }
    return photos;
  }

  private static BufferedImage draw(State state, Random random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setColor(near(new Color(120, 95, 70), 30, random));
      graphics.fillRect(0, 0, SIDE, SIDE);
      // Soil, so that the background is not a sign of the class.
      strew(graphics, 40, 4, new Color(90, 70, 50), SIDE, random);
      graphics.translate(
          SIDE / 2.0 + random.nextGaussian() * 6, SIDE / 2.0 + random.nextGaussian() * 6);
      graphics.rotate(random.nextDouble() * 2 * Math.PI);
      Ellipse2D leaf = new Ellipse2D.Double(-54, -28 - random.nextInt(8), 108, 64);
      graphics.setColor(near(new Color(60, 140, 60), 25, random));
      graphics.fill(leaf);
      graphics.clip(leaf);
      graphics.setColor(new Color(120, 180, 110));
      graphics.setStroke(new BasicStroke(2));
      for (int x = -40; x <= 40; x += 16) {
        graphics.draw(new Line2D.Double(x, 0, x + 14, -30));
        graphics.draw(new Line2D.Double(x, 0, x + 14, 30));
      }
      switch (state) {
        case HEALTHY -> {}
        case LATE_BLIGHT ->
            strew(graphics, 2 + random.nextInt(3), 26, new Color(70, 50, 30), 60, random);
        case LEAF_RUST ->
            strew(graphics, 25 + random.nextInt(25), 8, new Color(215, 110, 30), 90, random);
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void strew(
      Graphics2D graphics, int spots, double size, Color color, int spread, Random random) {
    for (int i = 0; i < spots; i++) {
      double side = size * (0.6 + 0.8 * random.nextDouble());
      double x = (random.nextDouble() - 0.5) * spread;
      double y = (random.nextDouble() - 0.5) * spread;
      graphics.setColor(near(color, 15, random));
      graphics.fill(new Ellipse2D.Double(x - side / 2, y - side / 2, side, side));
    }
  }

  private static Color near(Color color, int range, Random random) {
    return new Color(
        near(color.getRed(), range, random),
        near(color.getGreen(), range, random),
        near(color.getBlue(), range, random));
  }

  private static int near(int value, int range, Random random) {
    return Math.min(255, Math.max(0, value + random.nextInt(2 * range + 1) - range));
  }
}
