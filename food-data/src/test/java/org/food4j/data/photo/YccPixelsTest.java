package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YccPixelsTest {
  @ParameterizedTest
  @CsvSource({
    // T.871, table of the primary colours at full range, from the equations of its clause 7.
    "255, 128, 128, 255, 255, 255",
    "0, 128, 128, 0, 0, 0",
    "76, 85, 255, 254, 0, 0",
    "150, 44, 21, 0, 255, 1",
    "29, 255, 107, 0, 0, 254",
  })
  void toPhoto_singleColour_isBt601s(int y, int cb, int cr, int red, int green, int blue) {
    Photo photo = single(y, cb, cr).toPhoto();

    assertThat(new int[] {photo.rgb()[0] & 0xff, photo.rgb()[1] & 0xff, photo.rgb()[2] & 0xff})
        .containsExactly(red, green, blue);
  }

  private static YccPixels single(int y, int cb, int cr) {
    return new YccPixels(
        1, 1, 1, 1, new byte[] {(byte) y}, new byte[] {(byte) cb}, new byte[] {(byte) cr});
  }

  @Test
  void toPhoto_colourAtHalfResolution_isInterpolatedFromTheMiddleOfItsPixels() {
    byte[] luma = new byte[4];
    Arrays.fill(luma, (byte) 128);
    byte[] red = {(byte) 128, (byte) 168};
    YccPixels pixels = new YccPixels(4, 1, 2, 1, luma, new byte[] {-128, -128}, red);

    Photo photo = pixels.toPhoto();

    // Cr 128, a quarter on the way (138), three quarters (158), 168; 1.402 times that above 128.
    assertThat(
            new int[] {
              photo.rgb()[0] & 0xff,
              photo.rgb()[3] & 0xff,
              photo.rgb()[6] & 0xff,
              photo.rgb()[9] & 0xff
            })
        .containsExactly(128, 142, 170, 184);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2, 2", "5, 3, 2, 2", "4, 4, 4, 2", "7, 2, 1, 2"})
  void toPhoto_oddSizes_fillEveryPixel(int width, int height, int columns, int rows) {
    int chroma = ((width + columns - 1) / columns) * ((height + rows - 1) / rows);
    byte[] luma = new byte[width * height];
    new Random(1).nextBytes(luma);
    byte[] none = new byte[chroma];
    Arrays.fill(none, (byte) 128);

    Photo photo = new YccPixels(width, height, columns, rows, luma, none, none).toPhoto();

    for (int i = 0; i < luma.length; i++) {
      assertThat(photo.rgb()[3 * i]).isEqualTo(luma[i]);
      assertThat(photo.rgb()[3 * i + 2]).isEqualTo(luma[i]);
    }
  }

  @Test
  void constructor_planesOfOtherSizes_areRefused() {
    assertThatThrownBy(() -> new YccPixels(3, 3, 2, 2, new byte[9], new byte[4], new byte[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9 + 4 + 1");
    assertThatThrownBy(() -> new YccPixels(3, 3, 3, 1, new byte[9], new byte[3], new byte[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
