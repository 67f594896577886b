package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegJpegTest {
  /** The JDK writes colour at half resolution in both directions. */
  private static byte[] jpeg(int width, int height) {
    return SamplePhotos.encode(SamplePhotos.random(3, width, height), "jpg");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 31, 120})
  void decode_wholePhoto_isTheJdksUpToTheRoundingOfTheTransform(int width) throws IOException {
    byte[] encoded = jpeg(width, 33);
    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(encoded));

    YccPixels pixels = FfmpegJpeg.decode(encoded, 1).orElseThrow();

    assertThat(pixels.columns()).isEqualTo(2);
    assertThat(pixels.rows()).isEqualTo(2);
    assertThat(meanDifference(pixels.toPhoto(), SamplePhotos.photo(expected))).isLessThan(0.6);
  }

  private static double meanDifference(Photo one, Photo other) {
    assertThat(one.width()).isEqualTo(other.width());
    assertThat(one.height()).isEqualTo(other.height());
    long sum = 0;
    for (int i = 0; i < one.rgb().length; i++) {
      sum += Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff));
    }
    return (double) sum / one.rgb().length;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void decode_atAScale_hasTheRoundedUpSizeAndTheWholePhotosMean(int scale) {
    byte[] encoded = jpeg(101, 67);
    YccPixels whole = FfmpegJpeg.decode(encoded, 1).orElseThrow();

    YccPixels pixels = FfmpegJpeg.decode(encoded, scale).orElseThrow();

    assertThat(pixels.width()).isEqualTo((101 + scale - 1) / scale);
    assertThat(pixels.height()).isEqualTo((67 + scale - 1) / scale);
    assertThat(mean(pixels.luma())).isCloseTo(mean(whole.luma()), within(3));
  }

  private static org.assertj.core.data.Offset<Double> within(double levels) {
    return org.assertj.core.data.Offset.offset(levels);
  }

  private static double mean(byte[] samples) {
    long sum = 0;
    for (byte sample : samples) {
      sum += sample & 0xff;
    }
    return (double) sum / samples.length;
  }

  @Test
  void decode_damagedOrForeign_isLeftToOthers() {
    byte[] encoded = jpeg(64, 64);
    byte[] damaged = Arrays.copyOf(encoded, encoded.length / 2);

    assertThat(FfmpegJpeg.decode(damaged, 1)).isEmpty();
    assertThat(FfmpegJpeg.decode(new byte[] {1, 2, 3}, 1)).isEmpty();
    assertThat(FfmpegJpeg.decode(SamplePhotos.encode(SamplePhotos.random(1, 9, 9), "png"), 1))
        .isEmpty();
  }
}
