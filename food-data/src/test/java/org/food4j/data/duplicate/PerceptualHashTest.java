package org.food4j.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.SamplePhotos;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {
  @Test
  void of_recompressedOrShrunk_staysClose() throws PhotoException {
    for (int seed = 0; seed < 20; seed++) {
      Photo photo = SamplePhotos.photo(SamplePhotos.random(seed, 120, 90));
      long hash = PerceptualHash.of(photo).orElseThrow();

      Photo jpeg =
          new NativePhotoDecoder()
              .decode(SamplePhotos.encode(SamplePhotos.random(seed, 120, 90), "jpg"));
      Photo half = new Resampler(Interpolation.BICUBIC).resize(photo, 60, 45);

      assertThat(PerceptualHash.distance(hash, PerceptualHash.of(jpeg).orElseThrow()))
          .isLessThanOrEqualTo(4);
      assertThat(PerceptualHash.distance(hash, PerceptualHash.of(half).orElseThrow()))
          .isLessThanOrEqualTo(4);
    }
  }

  @Test
  void of_differentPhotos_isFar() {
    for (int seed = 0; seed < 50; seed++) {
      long one =
          PerceptualHash.of(SamplePhotos.photo(SamplePhotos.random(seed, 60, 45))).orElseThrow();
      long other =
          PerceptualHash.of(SamplePhotos.photo(SamplePhotos.random(seed + 50, 60, 45)))
              .orElseThrow();

      assertThat(PerceptualHash.distance(one, other)).isGreaterThan(10);
    }
  }

  @Test
  void of_brighterRightHalf_setsTheBitsOfOddHorizontalWaves() {
    Photo photo = SamplePhotos.photo(SamplePhotos.draw(64, 64, (x, y) -> x < 32 ? 0 : 0xffffff));

    long hash = PerceptualHash.of(photo).orElseThrow();

    // Mean, then waves 1 to 7: a step up is -sin-like, so 1 and 5 are negative, 3 and 7 positive;
    // even ones and all vertical ones are zero, as is the median, up to rounding.
    assertThat(hash >>> 63).isEqualTo(1);
    assertThat(hash >>> 62 & 1).isZero();
    assertThat(hash >>> 60 & 1).isEqualTo(1);
    assertThat(hash >>> 58 & 1).isZero();
    assertThat(hash >>> 56 & 1).isEqualTo(1);
  }

  @Test
  void of_singleColour_isEmpty() {
    assertThat(PerceptualHash.of(SamplePhotos.photo(SamplePhotos.draw(50, 40, (x, y) -> 0x336699))))
        .isEmpty();
  }
}
