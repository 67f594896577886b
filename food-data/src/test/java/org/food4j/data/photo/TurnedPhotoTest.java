package org.food4j.data.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.food4j.data.preprocess.Box;
import org.food4j.data.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network sees of photos turned by EXIF whose sides are no multiple of the scale. */
class TurnedPhotoTest {
  private static final int INPUT = 28;
  private static final Preprocessing NETWORK =
      new Preprocessing(
          INPUT, 32, Preprocessing.imagenet(8).interpolation(), List.of(0f, 0f, 0f), ones());
  private static final int[][] SIZES = {{513, 515}, {519, 551}, {577, 521}, {517, 519}};

  private static List<Float> ones() {
    return List.of(1f, 1f, 1f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void apply_oddSidesAtAnEighth_isTheSameWithBothDecoders(int orientation) throws PhotoException {
    for (int[] size : SIZES) {
      List<BufferedImage> pictures =
          List.of(
              SamplePhotos.random(orientation, size[0], size[1]),
              // Squares of five pixels of the network's input.
              SamplePhotos.draw(
                  size[0], size[1], (x, y) -> (x / 80 + y / 80) % 2 == 0 ? 0xffffff : 0x102030));
      for (BufferedImage picture : pictures) {
        byte[] file = SampleFiles.withOrientation(SamplePhotos.encode(picture, "jpg"), orientation);
        ScaledPhoto reduced = new NativePhotoDecoder().decode(file, NETWORK.decodedShorterSide());
        assertThat(reduced.scale()).isEqualTo(8);

        float[] fast = NETWORK.apply(file, new NativePhotoDecoder());
        float[] safe = NETWORK.apply(file, new ImageIoPhotoDecoder());

        assertThat(255 * SamplePhotos.meanDifference(fast, safe))
            .as("%d x %d, orientation %d", size[0], size[1], orientation)
            .isLessThan(4);
      }
    }
  }

  @Test
  void whole_partialColumnFirst_beginsInsideIt() {
    Photo pixels = new Photo(3, 2, new byte[18]);

    assertThat(Box.whole(new ScaledPhoto(pixels, 9, 7, 4, 3, 0)))
        .isEqualTo(new Box(0.75, 0, 2.25, 1.75));
    assertThat(Box.whole(new ScaledPhoto(pixels, 9, 7, 4, 0, 1)))
        .isEqualTo(new Box(0, 0.25, 2.25, 1.75));
    assertThatThrownBy(() -> new ScaledPhoto(pixels, 9, 7, 4, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not begin 2 and 0 inside");
  }
}
