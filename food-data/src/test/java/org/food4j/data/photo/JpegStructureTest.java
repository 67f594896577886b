package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEG files whose parts contradict each other, through the walk and both decoders. */
class JpegStructureTest {
  private static final byte[] SMALL = jpeg(64, 48);
  private static final List<PhotoDecoder> DECODERS =
      List.of(new NativePhotoDecoder(), new ImageIoPhotoDecoder());

  private static byte[] jpeg(int width, int height) {
    return SamplePhotos.encode(SamplePhotos.random(3, width, height), "jpg");
  }

  private static byte[] withoutEnd(byte[] jpeg) {
    return Arrays.copyOf(jpeg, jpeg.length - 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {48, 96, 1600})
  void decode_secondJpegInsideTheFirst_isRefused(int height) {
    byte[] file = Mutations.joined(withoutEnd(SMALL), jpeg(64, height));
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(file, 16))
          .isInstanceOf(PhotoException.class)
          .hasMessage("damaged JPEG: two frames in one photo");
    }
  }

  @Test
  void decode_secondJpegAfterTheFirst_doesNotMatter() throws PhotoException {
    byte[] file = Mutations.joined(SMALL, jpeg(96, 80));

    assertThat(JpegStructure.read(file).parts().toArray())
        .isEqualTo(JpegStructure.read(SMALL).parts().toArray());
    for (PhotoDecoder decoder : DECODERS) {
      assertThat(decoder.decode(file, 16).photo().rgb())
          .isEqualTo(decoder.decode(SMALL, 16).photo().rgb());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00600080", "3e803e80", "00300040"})
  void decode_frameHeaderHiddenInASegment_neverGivesAnotherSize(String size) throws PhotoException {
    // A number of lines (DNL), in which FFmpeg looks for markers and which others pass over.
    byte[] hidden =
        HexFormat.of().parseHex("ffdc0015" + "ffc0001108" + size + "03012200021101031101");
    byte[] file =
        Mutations.joined(Arrays.copyOf(SMALL, 2), hidden, Arrays.copyOfRange(SMALL, 2, 1 << 20));
    byte[] late =
        Mutations.joined(withoutEnd(SMALL), hidden, new byte[] {(byte) 0xff, (byte) 0xd9});
    for (byte[] bytes : List.of(Arrays.copyOf(file, SMALL.length + hidden.length), late)) {
      for (PhotoDecoder decoder : DECODERS) {
        ScaledPhoto photo = decoder.decode(bytes, 48);
        assertThat(List.of(photo.width(), photo.height())).isEqualTo(List.of(64, 48));
        assertThat(SamplePhotos.meanDifference(photo.photo(), decoder.decode(SMALL))).isLessThan(1);
      }
    }
  }

  @Test
  void decode_chromaScansMissing_isRefused() {
    // A scan of luma alone, as the first of three would be: its codes need not be right.
    byte[] file = withScans(SMALL, 1);
    for (PhotoDecoder decoder : DECODERS) {
      assertThatThrownBy(() -> decoder.decode(file, 16))
          .isInstanceOf(PhotoException.class)
          .hasMessage("damaged JPEG: a component without pixels");
    }
  }

  @Test
  void read_oneScanForEachComponent_isComplete() throws PhotoException {
    assertThat(JpegStructure.read(withScans(SMALL, 1, 2, 3)).scans()).isEqualTo(3);
  }

  /** The file with the same data in scans of one component each. */
  private static byte[] withScans(byte[] jpeg, int... components) {
    int at = 2;
    while (jpeg[at] != (byte) 0xff || jpeg[at + 1] != (byte) 0xda) {
      at++;
    }
    byte[] file = Arrays.copyOf(jpeg, at);
    byte[] data = Arrays.copyOfRange(jpeg, at + 14, jpeg.length - 2);
    for (int component : components) {
      byte[] header = HexFormat.of().parseHex("ffda000801%02x00003f00".formatted(component));
      file = Mutations.joined(file, header, data);
    }
    return Mutations.joined(file, new byte[] {(byte) 0xff, (byte) 0xd9});
  }
}
