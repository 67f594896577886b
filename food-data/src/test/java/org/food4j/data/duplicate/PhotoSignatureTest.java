package org.food4j.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.Pixels;
import org.food4j.data.photo.SamplePhotos;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;
import org.junit.jupiter.api.Test;

class PhotoSignatureTest {
  @Test
  void of_aSingleColour_isItsLuma() {
    PhotoSignature signature =
        PhotoSignature.of(SamplePhotos.photo(SamplePhotos.draw(50, 40, (x, y) -> 0xff0000)));

    assertThat(signature.levels()).hasSize(256).containsOnly(76);
  }

  @Test
  void ofLevels_whatLevelsGave_isEqual() {
    PhotoSignature signature = PhotoSignature.of(SamplePictures.photo(1));

    assertThat(PhotoSignature.ofLevels(signature.levels()))
        .isEqualTo(signature)
        .hasSameHashCodeAs(signature)
        .isNotEqualTo(PhotoSignature.of(SamplePictures.photo(2)));
    assertThatThrownBy(() -> PhotoSignature.ofLevels(new byte[255]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A signature has 256 grey levels, not 255");
  }

  @Test
  void pixels_mirrored_runFromRightToLeft() {
    Photo photo = SamplePictures.photo(3);
    double[] mirrored = PhotoSignature.of(photo).pixels(true);
    double[] ofMirror = PhotoSignature.of(SamplePictures.mirror(photo)).pixels(false);

    for (int i = 0; i < mirrored.length; i++) {
      assertThat(mirrored[i]).isCloseTo(ofMirror[i], org.assertj.core.api.Assertions.within(1.0));
    }
  }

  @Test
  void of_aPhotoDecodedAtReducedScale_staysTheSame() throws PhotoException {
    Photo large = new Resampler(Interpolation.BICUBIC).resize(SamplePictures.photo(4), 1200, 900);
    byte[] jpeg = JpegEncoder.encode(large, 0.9f);
    NativePhotoDecoder decoder = new NativePhotoDecoder();
    byte[] full = PhotoSignature.of(decoder.decode(jpeg)).levels();

    for (int shorterSide : new int[] {64, 128, 256}) {
      Pixels reduced = decoder.decode(jpeg, shorterSide).pixels();
      byte[] levels = PhotoSignature.of(reduced).levels();
      assertThat(reduced.width()).isLessThan(700);
      for (int i = 0; i < levels.length; i++) {
        assertThat((levels[i] & 0xff) - (full[i] & 0xff)).isBetween(-2, 2);
      }
    }
  }
}
