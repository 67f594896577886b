package org.food4j.data.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.SamplePhotos;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.photo.YccPixels;
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

  @ParameterizedTest
  @CsvSource({"16, 12", "57, 41", "5, 30", "40, 3"})
  void resize_lumaAndColourApart_isThatOfTheConvertedPhotoUpToRounding(int width, int height) {
    YccPixels ycc = ycc(40, 30, 1);
    Resampler resampler = new Resampler(Interpolation.BILINEAR);

    Photo resized = resampler.resize(ycc, width, height);

    assertThat(SamplePhotos.maxDifference(resized, resampler.resize(ycc.toPhoto(), width, height)))
        .isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"40, 30", "41, 31", "7, 5", "1, 1", "2, 3"})
  void resize_colourAtHalfResolution_coversTheSamePart(int width, int height) {
    YccPixels ycc = ycc(width, height, 2);
    Resampler resampler = new Resampler(Interpolation.BILINEAR);

    Photo resized = resampler.resize(ycc, 16, 12);

    assertThat(SamplePhotos.maxDifference(resized, resampler.resize(ycc.toPhoto(), 16, 12)))
        .isLessThanOrEqualTo(5);
  }

  /** Smooth, so that where colour is sampled makes little difference, and never clipped. */
  private static YccPixels ycc(int width, int height, int shared) {
    int chromaWidth = (width - 1) / shared + 1;
    int chromaHeight = (height - 1) / shared + 1;
    byte[] luma = new byte[width * height];
    byte[] blue = new byte[chromaWidth * chromaHeight];
    byte[] red = new byte[blue.length];
    for (int i = 0; i < luma.length; i++) {
      luma[i] = (byte) (100 + 40 * Math.sin(0.2 * (i % width) + 0.1 * (i / width)));
    }
    for (int i = 0; i < blue.length; i++) {
      double x = shared * (i % chromaWidth + 0.5);
      double y = shared * (i / chromaWidth + 0.5);
      blue[i] = (byte) (128 + 30 * Math.sin(0.04 * x - 0.02 * y));
      red[i] = (byte) (128 - 30 * Math.cos(0.02 * x + 0.04 * y));
    }
    return new YccPixels(width, height, shared, shared, luma, blue, red);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "2, 9"})
  void resize_photoSmallerThanItsFilter_usesWhatThereIs(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 77);

    Photo resized =
        new Resampler(Interpolation.BICUBIC).resize(new Photo(width, height, rgb), 8, 8);

    for (byte value : resized.rgb()) {
      assertThat(value).isEqualTo((byte) 77);
    }
  }

  @Test
  void shrink_photo_keepsItsKindAndItsPicture() {
    ScaledPhoto photo = ScaledPhoto.full(ycc(81, 60, 2));

    ScaledPhoto shrunk = new Resampler(Interpolation.BILINEAR).shrink(photo, 20);

    assertThat(shrunk.pixels()).isInstanceOf(YccPixels.class);
    assertThat(shrunk.width()).isEqualTo(27);
    assertThat(shrunk.height()).isEqualTo(20);
    Photo expected = new Resampler(Interpolation.BILINEAR).resize(photo.pixels(), 27, 20);
    // 2 inside; at the edges colour is repeated, not continued.
    assertThat(SamplePhotos.maxDifference(shrunk.photo(), expected)).isLessThanOrEqualTo(8);
    assertThat(new Resampler(Interpolation.BILINEAR).shrink(shrunk, 20)).isSameAs(shrunk);
  }

  private static Photo pillow(String name) throws IOException {
    return SamplePhotos.photo(
        ImageIO.read(new ByteArrayInputStream(SamplePhotos.resource(ResamplerTest.class, name))));
  }
}
