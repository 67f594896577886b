package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativePhotoDecoderTest {
  private static final BufferedImage FORMULA = SamplePhotos.formula();
  private static final Photo PIXELS = SamplePhotos.photo(FORMULA);

  private final PhotoDecoder decoder = new NativePhotoDecoder();

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void decode_losslessFormat_givesItsPixelsAsRgb(String format) throws PhotoException {
    Photo photo = decoder.decode(SamplePhotos.encode(FORMULA, format));

    assertThat(photo.width()).isEqualTo(40);
    assertThat(photo.height()).isEqualTo(30);
    assertThat(photo.rgb()).isEqualTo(PIXELS.rgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "extended.webp"})
  void decode_losslessWebp_givesItsPixels(String file) throws PhotoException {
    assertThat(decoder.decode(resource(file)).rgb()).isEqualTo(PIXELS.rgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "cmyk.jpg", "progressive.jpg"})
  void decode_lossyFormat_givesThePhotosSize(String file) throws PhotoException {
    Photo photo = decoder.decode(resource(file));

    assertThat(photo.width()).isEqualTo(40);
    assertThat(photo.height()).isEqualTo(30);
  }

  @Test
  void decode_smoothJpeg_isWithinItsLoss() throws PhotoException {
    BufferedImage smooth = SamplePhotos.random(1, 64, 48);

    Photo photo = decoder.decode(SamplePhotos.encode(smooth, "jpg"));

    assertThat(SamplePhotos.maxDifference(photo, SamplePhotos.photo(smooth))).isLessThan(30);
  }

  @Test
  void decode_greyAndPalette_becomeRgb() throws PhotoException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_INDEXED}) {
      BufferedImage image = new BufferedImage(8, 6, type);
      image.setRGB(3, 2, 0xffffff);

      Photo photo = decoder.decode(SamplePhotos.encode(image, "png"));

      int white = (2 * 8 + 3) * 3;
      assertThat(photo.rgb()).hasSize(8 * 6 * 3);
      assertThat(Arrays.copyOfRange(photo.rgb(), white, white + 4))
          .containsExactly(0xff, 0xff, 0xff, 0);
    }
  }

  @Test
  void decode_exifOrientation_turnsThePhotoUpright() throws PhotoException {
    // The left half is red; turned a quarter clockwise, that is the upper half.
    BufferedImage lying = SamplePhotos.draw(32, 16, (x, y) -> x < 16 ? 0xff0000 : 0x0000ff);

    Photo upright =
        decoder.decode(SampleFiles.withOrientation(SamplePhotos.encode(lying, "jpg"), 6));

    assertThat(upright.width()).isEqualTo(16);
    assertThat(upright.height()).isEqualTo(32);
    assertThat(upright.rgb()[0] & 0xff).isGreaterThan(200);
    assertThat(upright.rgb()[upright.rgb().length - 1] & 0xff).isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp"})
  void decode_bytesAfterThePhoto_doNotMatter(String format) throws PhotoException {
    byte[] encoded = SamplePhotos.encode(FORMULA, format);
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 100);

    assertThat(decoder.decode(longer).rgb()).isEqualTo(decoder.decode(encoded).rgb());
  }

  @Test
  void decode_pngNamedJpg_isToldByContent(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("photo.jpg"), SamplePhotos.encode(FORMULA, "png"));

    assertThat(decoder.decode(file).rgb()).isEqualTo(PIXELS.rgb());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | empty file",
        "48 65 6c 6c 6f 0a        | not a photo: starts like text",
        "42 4d 57 20 69 73 20 61  | not a photo: starts like text",
        "00 01 02                 | not a photo: starts with the bytes 00 01 02",
        "49 49 2a 00 08 00 00 00  | TIFF is not among the formats: JPEG, PNG, WebP, BMP, GIF",
        "25 50 44 46 2d 31 2e 37  | PDF is not among the formats: JPEG, PNG, WebP, BMP, GIF",
        "00 00 00 18 66 74 79 70 68 65 69 63 | HEIC or MP4 is not among the formats: JPEG, PNG, WebP, BMP, GIF",
        "ff d8 ff d9              | damaged JPEG: ends before its pixels",
        "ff d8 ff e0 00 01        | damaged JPEG: a segment of 1 bytes at 4",
      })
  void decode_noPhoto_saysWhatItIs(String hex, String reason) {
    byte[] encoded = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatThrownBy(() -> decoder.decode(encoded))
        .isInstanceOf(PhotoException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "lossless.webp", "lossy.webp", "progressive.jpg"})
  void decode_truncatedAtAnyLength_isRefused(String format) {
    byte[] whole = format.contains(".") ? resource(format) : SamplePhotos.encode(FORMULA, format);

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoder.decode(part))
          .as("the first %d of %d bytes", length, whole.length)
          .isInstanceOf(PhotoException.class)
          .hasMessageMatching(length == 0 ? "empty file" : "(truncated|not a photo: starts) .*");
    }
  }

  @ParameterizedTest
  @CsvSource({"60000, 60000", "2147483647, 2147483647", "10001, 10000"})
  void decode_hugeHeader_isRefusedBeforeDecoding(int width, int height) {
    byte[] png = SamplePhotos.encode(FORMULA, "png");
    System.arraycopy(HexFormat.of().parseHex("%08x%08x".formatted(width, height)), 0, png, 16, 8);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());

    assertThatThrownBy(() -> decoder.decode(png))
        .isInstanceOf(PhotoException.class)
        .hasMessage(
            "%d x %d pixels are above the limit of 100 megapixels".formatted(width, height));
  }

  @Test
  void decode_limitOfOnesOwn_isObeyed() throws PhotoException {
    byte[] encoded = SamplePhotos.encode(FORMULA, "jpg");

    assertThat(new NativePhotoDecoder(1200).decode(encoded).width()).isEqualTo(40);
    assertThatThrownBy(() -> new NativePhotoDecoder(1199).decode(encoded))
        .isInstanceOf(PhotoException.class)
        .hasMessage("40 x 30 pixels are above the limit of 1199 pixels");
    assertThatThrownBy(() -> new NativePhotoDecoder(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not at 0");
  }

  @Test
  void decode_completeButDamagedPhotos_areRefused() {
    byte[] png = SamplePhotos.encode(FORMULA, "png");
    png[new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT") + 50] ^= 1;
    byte[] webp = resource("lossless.webp");
    Arrays.fill(webp, 25, webp.length, (byte) 0xff);

    assertThatThrownBy(() -> decoder.decode(png))
        .isInstanceOf(PhotoException.class)
        .hasMessage("damaged PNG: wrong checksum of a chunk IDAT");
    assertThatThrownBy(() -> decoder.decode(webp))
        .isInstanceOf(PhotoException.class)
        .hasMessage("damaged WebP: its pixels cannot be decoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "lossless.webp", "lossy.webp"})
  void decode_mutatedBytes_givesAPhotoOrAReason(String format) {
    byte[] whole = format.contains(".") ? resource(format) : SamplePhotos.encode(FORMULA, format);
    PhotoDecoder small = new NativePhotoDecoder(1_000_000);
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] mutated = whole.clone();
      for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        Photo photo = small.decode(mutated);
        assertThat(photo.width() * photo.height()).isBetween(1, 1_000_000);
      } catch (PhotoException e) {
        assertThat(e).message().isNotBlank().doesNotContain("\n");
      }
    }
  }

  private static byte[] resource(String name) {
    return SamplePhotos.resource(NativePhotoDecoderTest.class, name);
  }
}
