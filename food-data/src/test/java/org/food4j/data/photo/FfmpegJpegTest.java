package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    YccPixels pixels = decode(encoded, 1).orElseThrow();

    assertThat(pixels.columns()).isEqualTo(2);
    assertThat(pixels.rows()).isEqualTo(2);
    assertThat(SamplePhotos.meanDifference(pixels.toPhoto(), SamplePhotos.photo(expected)))
        .isLessThan(0.6);
  }

  private static Optional<YccPixels> decode(byte[] encoded, int scale) throws PhotoException {
    return FfmpegJpeg.decode(JpegStructure.read(encoded), scale)
        .map(photo -> (YccPixels) photo.pixels());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void decode_atAScale_hasTheRoundedUpSizeAndTheWholePhotosMean(int scale) throws PhotoException {
    byte[] encoded = jpeg(101, 67);
    YccPixels whole = decode(encoded, 1).orElseThrow();

    YccPixels pixels = decode(encoded, scale).orElseThrow();

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
  void decode_brokenCodes_areLeftToOthers() throws PhotoException {
    byte[] damaged = jpeg(64, 64);
    Arrays.fill(damaged, damaged.length - 200, damaged.length - 2, (byte) 0xfe);

    assertThat(decode(damaged, 1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void turn_planes_isThatOfTheConvertedPhoto(Orientation orientation) throws PhotoException {
    YccPixels pixels = decode(jpeg(34, 18), 1).orElseThrow();

    assertThat(orientation.keepsShares(34, 18, 2, 2)).isTrue();
    assertThat(orientation.turn(pixels).toPhoto().rgb())
        .isEqualTo(orientation.turn(pixels.toPhoto()).rgb());
  }

  @Test
  void keepsShares_oddSideMirrored_isNo() {
    assertThat(Orientation.UPRIGHT.keepsShares(33, 18, 2, 2)).isTrue();
    assertThat(Orientation.FLIPPED.keepsShares(33, 18, 2, 2)).isTrue();
    assertThat(Orientation.MIRRORED.keepsShares(33, 18, 2, 2)).isFalse();
    assertThat(Orientation.QUARTER_COUNTERCLOCKWISE.keepsShares(33, 18, 2, 2)).isFalse();
  }
}
