package org.food4j.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.food4j.data.manifest.Label;
import org.food4j.data.photo.Photo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DishFolderTest {
  @TempDir Path temporary;

  @Test
  void write_newFolder_holdsTheDrawnPhotosByClass() throws IOException {
    Path folder = temporary.resolve("new/dishes");
    DrawnDishes dishes = new DrawnDishes(3);
    dishes.write(folder, 2);
    assertThat(content(folder)).hasSize(2 * DrawnDishes.labels().size() + 1);
    for (Label label : DrawnDishes.labels()) {
      for (int number = 0; number < 2; number++) {
        Path file = folder.resolve(label.name()).resolve(label.name() + "-000" + number + ".jpg");
        BufferedImage image = ImageIO.read(file.toFile());
        Photo drawn = dishes.draw(label.index(), number).photo();
        assertThat(image.getWidth()).isEqualTo(drawn.width());
        assertThat(image.getHeight()).isEqualTo(drawn.height());
        assertThat(meanDifference(image, drawn)).as(file.toString()).isLessThan(10);
      }
    }
    assertThat(Files.readString(folder.resolve(".drawn-dishes")))
        .isEqualTo("format=1\nseed=3\nper_class=2\n");
  }

  @Test
  void write_sameSeed_sameBytes() throws IOException {
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    Path other = temporary.resolve("other");
    new DrawnDishes(3).write(first, 2);
    new DrawnDishes(3).write(second, 2);
    new DrawnDishes(4).write(other, 2);
    assertThat(content(second)).isEqualTo(content(first));
    assertThat(content(other).values()).doesNotContainAnyElementsOf(content(first).values());
  }

  @Test
  void write_overAnEarlierRun_leavesOnlyTheNewPhotos() throws IOException {
    Path folder = temporary.resolve("dishes");
    Path fresh = temporary.resolve("fresh");
    new DrawnDishes(3).write(folder, 3);
    Files.writeString(
        folder.resolve("pizza/.pizza-0001.jpg.01234567-89ab-cdef-0123-456789abcdef.tmp"),
        "broken off");
    new DrawnDishes(4).write(folder, 1);
    new DrawnDishes(4).write(fresh, 1);
    assertThat(content(folder)).isEqualTo(content(fresh));
  }

  @Test
  void write_folderOfSomeoneElse_isRefusedAndUntouched() throws IOException {
    Files.createDirectories(temporary.resolve("pizza"));
    Path theirs = Files.writeString(temporary.resolve("pizza/pizza-0000.jpg"), "mine");
    assertThatThrownBy(() -> new DrawnDishes(3).write(temporary, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(temporary.toString())
        .hasMessageContaining("pizza")
        .hasMessageContaining("empty or a new folder");
    assertThat(content(temporary)).hasSize(1);
    assertThat(theirs).hasContent("mine");
  }

  @Test
  void write_ownFolderWithAForeignFile_isRefusedAndUntouched() throws IOException {
    new DrawnDishes(3).write(temporary, 1);
    Files.writeString(temporary.resolve("tart/grandmother.jpg"), "mine");
    Map<String, String> before = content(temporary);
    assertThatThrownBy(() -> new DrawnDishes(4).write(temporary, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grandmother.jpg");
    assertThat(content(temporary)).isEqualTo(before);
  }

  @Test
  void write_toAFileOrNoPhotosAtAll_isRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "mine");
    assertThatThrownBy(() -> new DrawnDishes(3).write(file, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a file");
    Path folder = temporary.resolve("none");
    assertThatThrownBy(() -> new DrawnDishes(3).write(folder, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThat(folder).doesNotExist();
  }

  /** Every file's path within the folder and its bytes, one character each. */
  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        content.put(
            folder.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }

  private static double meanDifference(BufferedImage image, Photo drawn) {
    long sum = 0;
    for (int y = 0, i = 0; y < drawn.height(); y++) {
      for (int x = 0; x < drawn.width(); x++) {
        for (int shift = 16; shift >= 0; shift -= 8, i++) {
          sum += Math.abs((image.getRGB(x, y) >> shift & 255) - (drawn.rgb()[i] & 255));
        }
      }
    }
    return (double) sum / drawn.rgb().length;
  }
}
