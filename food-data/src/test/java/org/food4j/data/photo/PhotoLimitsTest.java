package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoLimitsTest {
  private static final Map<String, byte[]> SAMPLES = SampleFiles.all();
  private static final List<PhotoDecoder> DECODERS =
      List.of(new NativePhotoDecoder(), new ImageIoPhotoDecoder());

  @ParameterizedTest
  @ValueSource(
      strings = {"baseline.jpg", "progressive.jpg", "rgb.png", "rgb.bmp", "run_length.bmp"})
  void decode_headerOf60000By60000_isRefusedBeforeDecoding(String name) {
    byte[] file =
        Mutations.withChecksums(Mutations.resized(SAMPLES.get(name), new int[] {60_000, 60_000}));
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(file))
          .isInstanceOf(PhotoException.class)
          .message()
          .containsAnyOf("60000 x 60000 pixels are above the limit of 100 megapixels", "truncated");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.gif", "lossy.webp", "lossless.webp"})
  void decode_headerAtTheFormatsEnd_isRefusedBeforeDecoding(String name) {
    byte[] file = Mutations.resized(SAMPLES.get(name), new int[] {16_383, 16_383});
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(file))
          .isInstanceOf(PhotoException.class)
          .hasMessage("16383 x 16383 pixels are above the limit of 100 megapixels");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline.jpg", "grey.jpg", "progressive.jpg", "rgb.png", "rgba16.png"})
  void decode_smallFileThatClaims96Megapixels_isFoundOut(String name) {
    byte[] file =
        Mutations.withChecksums(Mutations.resized(SAMPLES.get(name), new int[] {12_000, 8_000}));
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(file, 224))
          .isInstanceOf(PhotoException.class)
          .hasMessageMatching("damaged \\w+: \\d+ bytes cannot hold 12000 x 8000 pixels");
    }
  }

  @Test
  void decode_honestPngOf100MegapixelsInOneColour_isRefusedWithNumbers() {
    byte[] bomb = bomb(10_000, 10_000);
    assertThat(bomb).hasSizeLessThan(400_000);
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(bomb))
          .isInstanceOf(PhotoException.class)
          .hasMessage(
              "decoding 10000 x 10000 pixels of PNG may take 287 MiB and 4.5 s, above the limits"
                  + " of 224 MiB and 1.6 s: store the photo smaller or as baseline JPEG");
    }
  }

  @Test
  void decode_jpegOfThousandsOfScans_isRefused() {
    byte[] jpeg = SAMPLES.get("progressive.jpg");
    int scan = indexOf(jpeg, 0xda);
    int length = 2 + ByteBuffer.wrap(jpeg).getShort(scan + 2);
    ByteBuffer many = ByteBuffer.allocate(jpeg.length + 3000 * length);
    many.put(jpeg, 0, scan);
    for (int i = 0; i < 3000; i++) {
      many.put(jpeg, scan, length);
    }
    byte[] file = many.put(jpeg, scan, jpeg.length - scan).array();
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(file))
          .isInstanceOf(PhotoException.class)
          .hasMessage("a JPEG of more than 100 scans is not a photo: save it as baseline JPEG");
    }
  }

  @Test
  void decode_jpegTooLargeForTheMemory_comesAtTheScaleThatFits() throws PhotoException {
    byte[] jpeg = SamplePhotos.encode(SamplePhotos.random(9, 401, 303), "jpg");
    byte[] turned = SampleFiles.withOrientation(jpeg, 6);
    PhotoLimits little = new PhotoLimits(1_000_000, 500_000, Duration.ofSeconds(1));
    PhotoDecoder safe = new ImageIoPhotoDecoder(little);
    PhotoDecoder fast = new NativePhotoDecoder(little);

    assertThat(safe.decode(jpeg).width()).as("full size fits").isEqualTo(401);
    assertThat(fast.decode(jpeg).rgb()).as("where OpenCV's copy does not").hasSize(401 * 303 * 3);
    ScaledPhoto reduced = safe.decode(turned, 75);
    assertThat(List.of(reduced.width(), reduced.height(), reduced.scale()))
        .isEqualTo(List.of(303, 401, 4));
    assertThat(SamplePhotos.meanDifference(reduced.photo(), fast.decode(turned, 75).photo()))
        .isLessThan(2);
    for (PhotoDecoder decoder : List.of(safe, fast)) {
      assertThatThrownBy(() -> decoder.decode(turned))
          .isInstanceOf(PhotoException.class)
          .hasMessageContaining("401 x 303 pixels of JPEG");
    }
  }

  @Test
  void decode_strip_isRefusedWhereItIsNoPhoto() throws PhotoException {
    byte[] strip = new PngFile(1001, 1, 8, 2).pixels((x, y, channel) -> x & 0xff);
    byte[] narrow = new PngFile(1, 1000, 8, 2).pixels((x, y, channel) -> y & 0xff);
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(strip))
          .isInstanceOf(PhotoException.class)
          .hasMessage(
              "a strip of 1001 x 1 pixels is no photo: no side is above 1000 times the other");
      assertThat(decoder.decode(narrow).height()).isEqualTo(1000);
    }
  }

  @Test
  void decode_jpegThatTwoDecodersCannotTryInTime_isLeftToOne() throws PhotoException {
    byte[] jpeg = SamplePhotos.encode(SamplePhotos.random(9, 401, 303), "jpg");
    long once = DecodingCost.openCv(PhotoHeader.read(jpeg), 1).nanos();

    PhotoDecoder twice = new NativePhotoDecoder(limits(Duration.ofNanos(2 * once)));
    PhotoDecoder hurried = new NativePhotoDecoder(limits(Duration.ofNanos(2 * once - 1)));

    assertThat(twice.decode(jpeg, 200).pixels()).isInstanceOf(YccPixels.class);
    assertThat(hurried.decode(jpeg, 200).pixels()).isInstanceOf(Photo.class);
  }

  private static PhotoLimits limits(Duration time) {
    return new PhotoLimits(1_000_000, 100_000_000, time);
  }

  @Test
  void costs_ofCameraPhotos_areWithinTheDefaults() throws PhotoException {
    // The data would not suffice for so many pixels: only the costs are looked at.
    PhotoHeader photo = header("baseline.jpg", 8_192, 6_144);
    assertThat(DecodingCost.openCv(photo, 2).bytes()).isLessThan(80_000_000);
    assertThat(DecodingCost.imageIo(photo, 1, false).bytes()).isLessThan(152_000_000);
    PhotoHeader progressive = header("progressive.jpg", 4_000, 3_000);
    long limit = PhotoLimits.DEFAULT.memoryBytes();
    assertThat(DecodingCost.openCv(progressive, 1).bytes()).isLessThan(limit);
    assertThat(DecodingCost.imageIo(progressive, 1, false).nanos()).isLessThan(1_600_000_000L);
  }

  @Test
  void limits_thatAllowNothing_areRefused() {
    assertThatThrownBy(() -> PhotoLimits.ofPixels(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not at 0");
    assertThatThrownBy(() -> new PhotoLimits(1, 0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> new PhotoLimits(1, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  private static PhotoHeader header(String name, int width, int height) throws PhotoException {
    return PhotoHeader.read(Mutations.resized(SAMPLES.get(name), new int[] {width, height}));
  }

  private static int indexOf(byte[] jpeg, int marker) {
    int at = 2;
    while (jpeg[at] != (byte) 0xff || jpeg[at + 1] != (byte) marker) {
      at++;
    }
    return at;
  }

  private static byte[] bomb(int width, int height) {
    Deflater deflater = new Deflater(9);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    byte[] row = new byte[1 + 3 * width];
    for (int y = 0; y < height; y++) {
      deflater.setInput(row);
      while (!deflater.needsInput()) {
        data.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      data.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return new PngFile(width, height, 8, 2).data(data.toByteArray());
  }
}
