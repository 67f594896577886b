package org.food4j.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.food4j.data.photo.Photo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoGridTest {
  @Test
  void draw_sevenPhotosThreeInARow_hasThreeRows() {
    PhotoGrid.Cell cell = new PhotoGrid.Cell(grey(40, 20, 90), "a caption that is far too long");
    BufferedImage image = new PhotoGrid(40, 3, Collections.nCopies(7, cell)).draw();
    assertThat(image.getWidth()).isEqualTo(Paper.SCALE * (24 + 3 * 40 + 2 * 8));
    assertThat(image.getHeight()).isEqualTo(Paper.SCALE * (24 + 3 * (40 + 20) + 2 * 8));
  }

  @Test
  void draw_aWidePhoto_fitsItIntoTheMiddleOfItsSquare() {
    BufferedImage image =
        new PhotoGrid(40, 1, List.of(new PhotoGrid.Cell(grey(40, 20, 90), ""))).draw();
    int middle = Paper.SCALE * (12 + 20);
    assertThat(image.getRGB(middle, middle) & 0xff).isEqualTo(90);
    assertThat(image.getRGB(middle, Paper.SCALE * 14) & 0xff).isEqualTo(255);
  }

  @Test
  void grid_withoutPhotos_isRefused() {
    assertThatThrownBy(() -> new PhotoGrid(40, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 photos of 40 points");
  }

  @Test
  void pngFile_ofAGrid_readsBackTheSame(@TempDir Path folder) throws IOException {
    BufferedImage image =
        new PhotoGrid(16, 1, List.of(new PhotoGrid.Cell(grey(8, 8, 90), ""))).draw();
    PngFile.write(image, folder.resolve("grid.png"));
    BufferedImage read = ImageIO.read(folder.resolve("grid.png").toFile());
    assertThat(pixels(read)).isEqualTo(pixels(image));
  }

  private static int[] pixels(BufferedImage image) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .map(rgb -> rgb & 0xffffff)
        .toArray();
  }

  private static Photo grey(int width, int height, int level) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) level);
    return new Photo(width, height, rgb);
  }
}
