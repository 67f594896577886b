package org.food4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineFigureTest {
  /** More colours than a palette has, as a drawing may have, too. */
  private static BufferedImage figure() {
    BufferedImage image = new BufferedImage(256, 128, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int x = 0; x < 256; x += 8) {
      for (int y = 0; y < 128; y += 8) {
        graphics.setColor(new Color(x, 2 * y, 128));
        graphics.fillRect(x, y, 8, 8);
      }
    }
    graphics.dispose();
    return image;
  }

  @ParameterizedTest
  @CsvSource({"true, image/png, 0", "false, image/jpeg, 6"})
  void of_aFigureOfManyColours_isItsHalfOfThatType(boolean drawing, String type, int off)
      throws IOException {
    InlineFigure figure = InlineFigure.of(figure(), drawing);
    assertThat(figure.mimeType()).isEqualTo(type);
    byte[] bytes = Base64.getDecoder().decode(figure.base64());
    BufferedImage half = ImageIO.read(new ByteArrayInputStream(bytes));
    assertThat(new int[] {half.getWidth(), half.getHeight()}).containsExactly(128, 64);
    Color middle = new Color(half.getRGB(64 + 2, 32 + 2));
    assertThat(Math.abs(middle.getRed() - 128)).isLessThanOrEqualTo(off);
    assertThat(Math.abs(middle.getGreen() - 128)).isLessThanOrEqualTo(off);
  }
}
