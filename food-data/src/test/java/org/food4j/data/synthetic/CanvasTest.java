package org.food4j.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static final Camera SLANTED = new Camera(80, 70, 40, 0.6, 1.1, 0);
  private final BufferedImage image = new BufferedImage(160, 160, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D graphics = image.createGraphics();

  @Test
  void covered_discAboveTheTable_isItsEllipse() {
    Canvas canvas = new Canvas(graphics, 160, 160, SLANTED, 0, new Dice(1));
    canvas.covers(Outline.disc(0, 0, 1), 0.5);
    Rectangle2D box = canvas.covered();
    // Lifted by 0.5 * 40 * sqrt(1 - 0.6^2) = 16 pixels.
    assertThat(box.getCenterX()).isCloseTo(80, within(0.1));
    assertThat(box.getCenterY()).isCloseTo(54, within(0.1));
    assertThat(box.getWidth()).isCloseTo(80, within(0.3));
    assertThat(box.getHeight()).isCloseTo(48, within(0.3));
  }

  @Test
  void covered_paintedDisc_holdsExactlyThePaintedPixels() {
    Canvas canvas = new Canvas(graphics, 160, 160, SLANTED, 0, new Dice(1));
    canvas.fill(Outline.disc(0.2, -0.3, 0.7), 0.1, Color.WHITE);
    canvas.covers(Outline.disc(0.2, -0.3, 0.7), 0.1);
    Rectangle2D box = canvas.covered();
    Rectangle2D painted = null;
    for (int y = 0; y < 160; y++) {
      for (int x = 0; x < 160; x++) {
        if ((image.getRGB(x, y) & 255) > 127) {
          Rectangle2D pixel = new Rectangle2D.Double(x, y, 1, 1);
          painted = painted == null ? pixel : painted.createUnion(pixel);
        }
      }
    }
    assertThat(painted).isNotNull();
    assertThat(box.getMinX()).isCloseTo(painted.getMinX(), within(1.0));
    assertThat(box.getMinY()).isCloseTo(painted.getMinY(), within(1.0));
    assertThat(box.getMaxX()).isCloseTo(painted.getMaxX(), within(1.0));
    assertThat(box.getMaxY()).isCloseTo(painted.getMaxY(), within(1.0));
  }

  @Test
  void covered_nothingPainted_isRefused() {
    Canvas canvas = new Canvas(graphics, 160, 160, SLANTED, 0, new Dice(1));
    assertThatThrownBy(canvas::covered).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void reach_rolledCamera_holdsEveryPointOfTheDish() {
    Camera camera = new Camera(80, 70, 40, 0.5, 0.7, 0.2);
    Rectangle2D reach = camera.reach(0.8);
    Rectangle2D grown =
        new Rectangle2D.Double(
            reach.getX() - 1e-9,
            reach.getY() - 1e-9,
            reach.getWidth() + 2e-9,
            reach.getHeight() + 2e-9);
    for (double angle = 0; angle < 6.28; angle += 0.1) {
      for (double z : new double[] {0, 0.4, 0.8}) {
        Point2D point = camera.at(Math.cos(angle), Math.sin(angle), z);
        assertThat(grown.contains(point)).as("%s at %s", angle, z).isTrue();
      }
    }
  }
}
