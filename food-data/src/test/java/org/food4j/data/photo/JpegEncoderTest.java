package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JpegEncoderTest {
  private static final int SIDE = 24;

  @Test
  void encode_thenDecode_givesNearlyTheSamePixels() throws Exception {
    Photo photo = gradient();
    Photo decoded = new NativePhotoDecoder().decode(JpegEncoder.encode(photo, 0.95f));
    assertThat(decoded.width()).isEqualTo(SIDE);
    assertThat(decoded.height()).isEqualTo(SIDE / 2);
    for (int i = 0; i < photo.rgb().length; i++) {
      assertThat(Math.abs((decoded.rgb()[i] & 0xff) - (photo.rgb()[i] & 0xff))).isLessThan(25);
    }
  }

  @Test
  void encode_atLessQuality_isSmallerAndAlwaysTheSame() {
    byte[] small = JpegEncoder.encode(gradient(), 0.3f);
    assertThat(small).hasSizeLessThan(JpegEncoder.encode(gradient(), 0.95f).length);
    assertThat(JpegEncoder.encode(gradient(), 0.3f)).isEqualTo(small);
  }

  @Test
  void encode_atImpossibleQuality_isRefused() {
    assertThatThrownBy(() -> JpegEncoder.encode(gradient(), Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not NaN");
    assertThatThrownBy(() -> JpegEncoder.encode(gradient(), 80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1, not 80.0");
  }

  /** Red grows to the right, green downwards, blue stays. */
  private static Photo gradient() {
    byte[] rgb = new byte[SIDE * (SIDE / 2) * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) (10 * (i / 3 % SIDE));
      rgb[i + 1] = (byte) (20 * (i / 3 / SIDE));
      rgb[i + 2] = 90;
    }
    return new Photo(SIDE, SIDE / 2, rgb);
  }
}
