package org.food4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class FewColoursTest {
  @Test
  void of_aDrawing_keepsItsColoursToTheRounding() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xffffff);
    image.setRGB(1, 0, 0x000000);
    image.setRGB(2, 0, 0x0072b2);
    BufferedImage small = FewColours.of(image).orElseThrow();
    assertThat(small.getRGB(0, 0)).isEqualTo(0xffffffff);
    assertThat(small.getRGB(1, 0)).isEqualTo(0xff000000);
    assertThat(small.getRGB(2, 0)).isEqualTo(0xff0073b5);
  }

  @Test
  void of_aPhoto_isEmpty() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        image.setRGB(x, y, 4 * x << 16 | 4 * y << 8);
      }
    }
    assertThat(FewColours.of(image)).isEmpty();
  }
}
