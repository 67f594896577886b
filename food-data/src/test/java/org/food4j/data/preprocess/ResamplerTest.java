package org.food4j.data.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.SamplePhotos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplerTest {
  private static final Photo FORMULA = SamplePhotos.photo(SamplePhotos.formula());

  @ParameterizedTest
  @CsvSource({
    "BILINEAR, 16, 12",
    "BILINEAR, 57, 41",
    "BILINEAR, 5, 30",
    "BILINEAR, 40, 3",
    "BICUBIC, 16, 12",
    "BICUBIC, 57, 41",
    "BICUBIC, 5, 30",
    "BICUBIC, 40, 3",
  })
  void resize_wholePhoto_isPillowsBitForBit(Interpolation filter, int width, int height)
      throws IOException {
    Photo expected =
        pillow("%s-%dx%d.png".formatted(filter.name().toLowerCase(Locale.ROOT), width, height));

    Photo resized = new Resampler(filter).resize(FORMULA, width, height);

    assertThat(resized.rgb()).isEqualTo(expected.rgb());
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void resize_boxBetweenPixels_isPillowsBitForBit(Interpolation filter) throws IOException {
    Photo expected = pillow(filter.name().toLowerCase(Locale.ROOT) + "-box-16x12.png");

    Photo resized = new Resampler(filter).resize(FORMULA, new Box(3.5, 2.25, 20.5, 17.75), 16, 12);

    assertThat(resized.rgb()).isEqualTo(expected.rgb());
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void resize_sameSize_changesNothing(Interpolation filter) {
    assertThat(new Resampler(filter).resize(FORMULA, 40, 30).rgb()).isEqualTo(FORMULA.rgb());
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void resizeWindow_anyPart_isThatPartOfTheWhole(Interpolation filter) {
    Resampler resampler = new Resampler(filter);
    Photo whole = resampler.resize(FORMULA, 23, 17);

    byte[] window = new byte[9 * 8 * 3];
    resampler.window(
        FORMULA,
        new Box(0, 0, 40, 30),
        23,
        17,
        6,
        5,
        9,
        8,
        (y, red, green, blue) -> Resampler.interleave(red, green, blue, window, y * 27));

    for (int y = 0; y < 8; y++) {
      for (int i = 0; i < 9 * 3; i++) {
        assertThat(window[y * 27 + i]).isEqualTo(whole.rgb()[((y + 5) * 23 + 6) * 3 + i]);
      }
    }
  }

  @Test
  void resize_boxOutside_isRefused() {
    assertThatThrownBy(
            () ->
                new Resampler(Interpolation.BILINEAR).resize(FORMULA, new Box(30, 0, 11, 30), 8, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40 x 30");
  }

  private static Photo pillow(String name) throws IOException {
    return SamplePhotos.photo(
        ImageIO.read(new ByteArrayInputStream(SamplePhotos.resource(ResamplerTest.class, name))));
  }
}
