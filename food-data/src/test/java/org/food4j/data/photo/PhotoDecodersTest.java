package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of both decoders alike. */
class PhotoDecodersTest {
  private static final Photo FORMULA = SamplePhotos.photo(SamplePhotos.formula());
  private static final Map<String, byte[]> SAMPLES = SampleFiles.all();

  static List<PhotoDecoder> decoders() {
    return List.of(new NativePhotoDecoder(), new ImageIoPhotoDecoder());
  }

  static Stream<String> samples() {
    return SAMPLES.keySet().stream();
  }

  static Stream<Arguments> lossless() {
    return decoders().stream()
        .flatMap(
            decoder ->
                Stream.of("rgb.png", "interlaced.png", "rgb.bmp", "lossless.webp", "extended.webp")
                    .map(name -> Arguments.of(decoder, name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void decode_everyFormatAndColourType_isTheSameInBothDecoders(String name) throws PhotoException {
    Photo fast = new NativePhotoDecoder().decode(SAMPLES.get(name));
    Photo safe = new ImageIoPhotoDecoder().decode(SAMPLES.get(name));

    assertThat(List.of(safe.width(), safe.height()))
        .isEqualTo(List.of(fast.width(), fast.height()));
    if (name.equals("lossy.webp")) {
      // Another colour at every fifth pixel: the worst case for chroma that is not interpolated.
      assertThat(SamplePhotos.meanDifference(safe, fast)).isLessThan(20);
    } else if (name.equals("smooth.webp")) {
      assertThat(SamplePhotos.meanDifference(safe, fast)).isLessThan(2);
    } else {
      assertThat(SamplePhotos.maxDifference(safe, fast)).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("lossless")
  void decode_losslessFormat_givesItsPixelsAsRgb(PhotoDecoder decoder, String name)
      throws PhotoException {
    assertThat(decoder.decode(SAMPLES.get(name)).rgb()).isEqualTo(FORMULA.rgb());
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decode_cmyk_isWhatPillowGives(PhotoDecoder decoder) throws PhotoException {
    assertThat(decoder.decode(SAMPLES.get("cmyk.jpg")).rgb())
        .isEqualTo(decoder.decode(resource("cmyk.png")).rgb());
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decode_alpha_isLaidOverWhite(PhotoDecoder decoder) throws PhotoException {
    Photo pillow = decoder.decode(resource("alpha_over_white.png"));

    assertThat(SamplePhotos.maxDifference(decoder.decode(resource("lossless_alpha.webp")), pillow))
        .isLessThanOrEqualTo(1);
    assertThat(SamplePhotos.meanDifference(decoder.decode(resource("lossy_alpha.webp")), pillow))
        .isLessThan(15);
    Photo gif = decoder.decode(SAMPLES.get("transparent.gif"));
    assertThat(Arrays.copyOf(gif.rgb(), 3)).containsExactly(0x20, 0x80, 0x40);
    assertThat(gif.rgb()[gif.rgb().length - 1] & 0xff).isEqualTo(255);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decode_samplesOfOtherDepths_becomeEightBits(PhotoDecoder decoder) throws PhotoException {
    assertThat(decoder.decode(SAMPLES.get("rgb16.png")).rgb())
        .startsWith(0, 40, 80, 3, 43, 83)
        .hasSize(37 * 29 * 3);
    byte[] high = new PngFile(2, 1, 16, 0).pixels((x, y, channel) -> x == 0 ? 0x12ff : 0xff00);
    assertThat(decoder.decode(high).rgb()).containsExactly(0x12, 0x12, 0x12, 0xff, 0xff, 0xff);
    byte[] low = new PngFile(4, 1, 2, 0).pixels((x, y, channel) -> x);
    assertThat(decoder.decode(low).rgb())
        .containsExactly(0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255);
    byte[] alpha = new PngFile(2, 1, 16, 4).pixels((x, y, channel) -> channel == 0 ? 0x20ff : x);
    assertThat(decoder.decode(alpha).rgb()).containsOnly(255);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decode_transparentColour_isWhite(PhotoDecoder decoder) throws PhotoException {
    byte[] rgb =
        new PngFile(3, 1, 8, 2)
            .chunk("tRNS", HexFormat.of().parseHex("000100020003"))
            .pixels((x, y, channel) -> x == 1 ? channel + 1 : 7);
    assertThat(decoder.decode(rgb).rgb()).containsExactly(7, 7, 7, 255, 255, 255, 7, 7, 7);
    byte[] grey = new PngFile(2, 1, 4, 0).chunk("tRNS", new byte[2]).pixels((x, y, channel) -> x);
    assertThat(decoder.decode(grey).rgb()).containsExactly(255, 255, 255, 17, 17, 17);
    byte[] palette =
        new PngFile(2, 1, 8, 3)
            .chunk("PLTE", new byte[] {10, 20, 30, 40, 50, 60})
            .chunk("tRNS", new byte[] {0})
            .pixels((x, y, channel) -> x);
    assertThat(decoder.decode(palette).rgb()).containsExactly(255, 255, 255, 40, 50, 60);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decode_gifFrameInsideItsScreen_liesOnWhite(PhotoDecoder decoder) throws PhotoException {
    byte[] gif = SAMPLES.get("plain.gif").clone();
    gif[6] = 50; // a screen of 50 x 30 for the frame of 40 x 30
    Photo photo = decoder.decode(gif);

    assertThat(photo.width()).isEqualTo(50);
    assertThat(Arrays.copyOfRange(photo.rgb(), 120, 150)).containsOnly(255);
    assertThat(Arrays.copyOf(photo.rgb(), 120))
        .isEqualTo(Arrays.copyOf(decoder.decode(SAMPLES.get("plain.gif")).rgb(), 120));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void decode_everyOrientation_standsUprightAtEveryScale(int orientation) throws PhotoException {
    BufferedImage corners =
        SamplePhotos.draw(
            97, 61, (x, y) -> x < 48 ? (y < 30 ? 0xff0000 : 0xffffff) : (y < 30 ? 0 : 0xff));
    // Upright, from the upper left by rows: red, black, white, blue where nothing is turned.
    String expected =
        List.of("rkwb", "krbw", "bwkr", "wbrk", "rwkb", "wrbk", "bkwr", "kbrw")
            .get(orientation - 1);
    byte[] png = SamplePhotos.encode(corners, "png");
    byte[] exif =
        new PngFile(1, 1, 8, 0).chunk("eXIf", SampleFiles.exif(orientation)).pixels((x, y, c) -> 0);
    byte[] turnedPng = insert(png, 33, Arrays.copyOfRange(exif, 33, 33 + 12 + 26));
    byte[] jpeg = SampleFiles.withOrientation(SamplePhotos.encode(corners, "jpg"), orientation);
    for (PhotoDecoder decoder : decoders()) {
      for (byte[] file : List.of(turnedPng, jpeg)) {
        for (int shorterSide : new int[] {7, 15, 30, 31, Integer.MAX_VALUE}) {
          ScaledPhoto photo = decoder.decode(file, shorterSide);
          assertThat(List.of(photo.width(), photo.height()))
              .isEqualTo(orientation < 5 ? List.of(97, 61) : List.of(61, 97));
          assertThat(corners(photo.photo())).isEqualTo(expected);
        }
      }
      Photo webp = decoder.decode(SampleFiles.webpWithOrientation(orientation));
      assertThat(webp.width()).isEqualTo(orientation < 5 ? 40 : 30);
    }
  }

  @Test
  void decode_jpegAtEachScale_givesTheScaleThatSuffices() throws PhotoException {
    byte[] jpeg = SamplePhotos.encode(SamplePhotos.random(5, 97, 61), "jpg");
    PhotoDecoder fast = new NativePhotoDecoder();

    assertThat(fast.decode(jpeg, 62).scale()).isEqualTo(1);
    assertThat(fast.decode(jpeg, 30).scale()).isEqualTo(2);
    assertThat(fast.decode(jpeg, 15).scale()).isEqualTo(4);
    assertThat(fast.decode(jpeg, 7).scale()).isEqualTo(8);
    assertThat(new ImageIoPhotoDecoder().decode(jpeg, 7).scale()).isEqualTo(1);
  }

  @Test
  void decode_animation_isRefused() {
    for (PhotoDecoder decoder : decoders()) {
      assertThatThrownBy(() -> decoder.decode(resource("animated.webp")))
          .isInstanceOf(PhotoException.class)
          .hasMessage("an animated WebP is not a photo");
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decode_webpWithUncompressedAlpha_isRefusedRatherThanTakenAsOpaque(PhotoDecoder decoder) {
    byte[] webp = resource("lossy_alpha.webp");
    webp[new String(webp, StandardCharsets.ISO_8859_1).indexOf("ALPH") + 8] &= ~3;

    assertThatThrownBy(() -> decoder.decode(webp))
        .isInstanceOf(PhotoException.class)
        .hasMessageStartingWith("a WebP with uncompressed alpha is not supported");
  }

  private static String corners(Photo photo) {
    int right = photo.width() - 1;
    int below = photo.height() - 1;
    return name(photo, 0, 0)
        + name(photo, right, 0)
        + name(photo, 0, below)
        + name(photo, right, below);
  }

  private static String name(Photo photo, int x, int y) {
    int at = (y * photo.width() + x) * 3;
    boolean red = (photo.rgb()[at] & 0xff) > 127;
    boolean blue = (photo.rgb()[at + 2] & 0xff) > 127;
    return red && blue ? "w" : red ? "r" : blue ? "b" : "k";
  }

  private static byte[] insert(byte[] file, int at, byte[] part) {
    byte[] longer = new byte[file.length + part.length];
    System.arraycopy(file, 0, longer, 0, at);
    System.arraycopy(part, 0, longer, at, part.length);
    System.arraycopy(file, at, longer, at + part.length, file.length - at);
    return longer;
  }

  private static byte[] resource(String name) {
    return SamplePhotos.resource(PhotoDecodersTest.class, name);
  }
}
