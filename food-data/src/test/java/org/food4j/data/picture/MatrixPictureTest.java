package org.food4j.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.food4j.data.page.Unit;
import org.junit.jupiter.api.Test;

class MatrixPictureTest {
  @Test
  void draw_positiveAndNegative_areRedAndBlue() {
    BufferedImage image = matrix(new double[][] {{1, -1}}).draw();
    assertThat(has(image, new Color(0x9e2a2b))).isTrue();
    assertThat(has(image, new Color(0x1f4e8c))).isTrue();
  }

  @Test
  void draw_allZero_hasNoColourButItsScale() {
    assertThat(matrix(new double[][] {{0, 0}}).draw().getWidth()).isPositive();
  }

  @Test
  void values_notAsManyAsNames_areRefused() {
    assertThatThrownBy(() -> matrix(new double[][] {{1, 2, 3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 names of rows and 2 of columns")
        .hasMessageContaining("[3]");
  }

  @Test
  void value_thatIsNoNumber_isRefused() {
    assertThatThrownBy(() -> matrix(new double[][] {{1, Double.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'M'");
  }

  private static MatrixPicture matrix(double[][] values) {
    return new MatrixPicture("M", List.of("row"), List.of("a", "b"), values, Unit.NUMBER);
  }

  private static boolean has(BufferedImage image, Color color) {
    // the scale below the cells has both ends as well: the cells are above it
    for (int y = 0; y < image.getHeight() / 2; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) == color.getRGB()) {
          return true;
        }
      }
    }
    return false;
  }
}
