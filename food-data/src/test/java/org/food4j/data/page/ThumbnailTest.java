package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailTest {
  /** Red at the left and right quarter, blue in between. */
  private static Photo striped(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      rgb[3 * i + (x < width / 4 || x >= 3 * width / 4 ? 0 : 2)] = (byte) 200;
    }
    return new Photo(width, height, rgb);
  }

  private static BufferedImage decoded(Thumbnail thumbnail) throws IOException {
    String base64 = thumbnail.dataUri().substring("data:image/jpeg;base64,".length());
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  @Test
  void of_aWidePhoto_showsItsMiddle() throws IOException {
    BufferedImage image = decoded(Thumbnail.of(striped(400, 200), 64));

    assertThat(image.getWidth()).isEqualTo(64);
    assertThat(image.getHeight()).isEqualTo(64);
    for (int x : new int[] {8, 32, 56}) {
      Color color = new Color(image.getRGB(x, 32));
      assertThat(color.getBlue()).isCloseTo(200, within(12));
      assertThat(color.getRed()).isLessThan(25);
    }
  }

  @Test
  void of_aSmallPhoto_isNotEnlarged() throws IOException {
    Thumbnail thumbnail = Thumbnail.of(striped(20, 30), 64);

    assertThat(thumbnail.pixels()).isEqualTo(20);
    assertThat(decoded(thumbnail).getWidth()).isEqualTo(20);
  }

  @Test
  void of_theSamePhoto_isTheSameBytes() {
    assertThat(Thumbnail.of(striped(90, 60), 32)).isEqualTo(Thumbnail.of(striped(90, 60), 32));
  }

  @Test
  void markup_saysWhatThePhotoShows() throws Exception {
    ParsedMarkup parsed =
        ParsedMarkup.of(Thumbnail.of(striped(8, 8), 8).markup("Photo of \"Naan\""));

    assertThat(parsed.attributes("img", "alt")).containsExactly("Photo of \"Naan\"");
  }

  @Test
  void of_aFileThatIsNoPhoto_namesItAndTheReason(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.jpg"), "text");

    assertThatThrownBy(
            () ->
                Thumbnail.of(
                    file,
                    encoded -> {
                      throw new PhotoException("not a photo");
                    },
                    64))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.jpg")
        .hasMessageContaining("not a photo");
  }
}
