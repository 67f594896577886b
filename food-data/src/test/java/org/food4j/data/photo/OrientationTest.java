package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  @ParameterizedTest
  @CsvSource({
    "4d4d002a00000008 0001 0112 0003 00000001 00060000, QUARTER_CLOCKWISE",
    "45786966 0000 4d4d002a00000008 0001 0112 0003 00000001 00080000, QUARTER_COUNTERCLOCKWISE",
    "49492a0008000000 0100 1201 0300 01000000 03000000, UPSIDE_DOWN",
    "49492a0008000000 0200 0001 0300 01000000 03000000 1201 0400 01000000 05000000, TRANSPOSED",
    "4d4d002a00000008 0001 0112 0003 00000001 00090000, UPRIGHT",
    "4d4d002a00000008 0001 0112 0003 00000001 00000000, UPRIGHT",
    "4d4d002a00000008 0001 0112 0002 00000001 00060000, UPRIGHT",
    "4d4d002a00000008 ffff 0100 0003 00000001 00060000, UPRIGHT",
    "4d4d002afffffff0, UPRIGHT",
    "4d4d002b00000008 0001 0112 0003 00000001 00060000, UPRIGHT",
    "'', UPRIGHT",
  })
  void read_tagOfEitherByteOrder_isFoundOrThePhotoIsUpright(String hex, Orientation expected) {
    byte[] exif = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThat(Orientation.read(exif, 0, exif.length)).isEqualTo(expected);
  }

  @Test
  void read_damagedExif_neverFails() {
    Random random = new Random(5);
    byte[] whole = SampleFiles.exif(6);
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      int end = random.nextInt(damaged.length + 1);
      assertThat(Orientation.read(damaged, random.nextInt(end + 1), end)).isNotNull();
    }
  }

  @Test
  void turn_photoOfSixPixels_movesEachToItsPlace() {
    // Two rows, abc and def; what the standard's figure shows for 2 to 8.
    String[] upright = {
      "abcdef", "cbafed", "fedcba", "defabc", "adbecf", "daebfc", "fcebda", "cfbead"
    };
    for (Orientation orientation : Orientation.values()) {
      byte[] rgb = new byte[18];
      for (int i = 0; i < 18; i++) {
        rgb[i] = (byte) ('a' + i / 3);
      }
      Photo photo = orientation.turn(new Photo(3, 2, rgb));
      StringBuilder seen = new StringBuilder();
      for (int i = 0; i < 18; i += 3) {
        seen.append((char) photo.rgb()[i]);
      }
      assertThat(seen.toString()).as("%s", orientation).isEqualTo(upright[orientation.ordinal()]);
      assertThat(photo.width()).isEqualTo(orientation.swapsSides() ? 2 : 3);
    }
  }
}
