package org.food4j.data.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.SamplePhotos;
import org.food4j.data.photo.ScaledPhoto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
  private static final Photo FORMULA = SamplePhotos.photo(SamplePhotos.formula());

  @Test
  void apply_formulaPhoto_givesPillowsAndNumPysTensor() {
    Preprocessing preprocessing = Preprocessing.imagenet(8);
    assertThat(preprocessing.resizeShorterSide()).isEqualTo(9);

    float[] input = preprocessing.apply(FORMULA);

    float[] expected = new float[3 * 8 * 8];
    String text =
        new String(
            SamplePhotos.resource(PreprocessingTest.class, "input-8.txt"),
            StandardCharsets.US_ASCII);
    try (Scanner numbers = new Scanner(text)) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Float.parseFloat(numbers.next());
      }
    }
    assertThat(input).containsExactly(expected, org.assertj.core.data.Offset.offset(1e-6f));
  }

  @Test
  void apply_intoABatch_givesTheSameBitsAsAlone() {
    Preprocessing preprocessing = Preprocessing.imagenet(8);
    float[] batch = new float[3 * preprocessing.inputLength()];

    preprocessing.apply(ScaledPhoto.full(FORMULA), batch, preprocessing.inputLength());

    float[] alone = preprocessing.apply(FORMULA);
    for (int i = 0; i < batch.length; i++) {
      int place = i - alone.length;
      assertThat(batch[i]).isEqualTo(place >= 0 && place < alone.length ? alone[place] : 0f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 31})
  void crop_narrowPhotos_stillGiveTheInputsSize(int side) {
    for (Photo photo :
        List.of(
            SamplePhotos.photo(SamplePhotos.random(1, side, 400)),
            SamplePhotos.photo(SamplePhotos.random(2, 400, side)))) {
      Photo crop = Preprocessing.imagenet(32).crop(photo);

      assertThat(crop.width()).isEqualTo(32);
      assertThat(crop.height()).isEqualTo(32);
    }
  }

  @Test
  void crop_atEachCorner_beginsOrEndsWithThePhoto() {
    // resized to itself: 40 x 30 pixels, of which each square has 8 x 8
    Preprocessing preprocessing =
        new Preprocessing(8, 30, Interpolation.BILINEAR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
    int[][] corners = {{16, 11}, {0, 0}, {32, 0}, {0, 22}, {32, 22}};

    for (CropPosition position : CropPosition.values()) {
      Photo crop = preprocessing.crop(ScaledPhoto.full(FORMULA), position);
      int[] corner = corners[position.ordinal()];
      for (int y = 0; y < 8; y++) {
        int from = 3 * ((corner[1] + y) * 40 + corner[0]);
        assertThat(Arrays.copyOfRange(crop.rgb(), 24 * y, 24 * y + 24))
            .as("%s, row %s", position, y)
            .isEqualTo(Arrays.copyOfRange(FORMULA.rgb(), from, from + 24));
      }
    }
  }

  @Test
  void normalise_otherSize_isRefused() {
    assertThatThrownBy(() -> Preprocessing.imagenet(8).normalise(FORMULA, new float[192], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network takes 8 x 8 pixels, not 40 x 30");
  }

  @Test
  void crop_stripThatNoDecoderGives_isRefused() {
    Photo strip = new Photo(30_000_000, 1, new byte[90_000_000]);

    assertThatThrownBy(() -> Preprocessing.imagenet(224).crop(strip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 1000 times the other");
  }

  @ParameterizedTest
  @CsvSource({
    "8193, 8193, 0.5, 1",
    "8, 8193, 0.5, 1",
    "0, 8, 0.5, 1",
    "8, 8, NaN, 1",
    "8, 8, Infinity, 1",
    "8, 8, 0.5, Infinity",
    "8, 8, 0.5, NaN",
    "8, 8, 0.5, 0"
  })
  void preprocessing_outsideItsRanges_isRefused(int input, int side, float mean, float std) {
    List<Float> means = List.of(0.5f, mean, 0.5f);
    List<Float> stds = List.of(1f, 1f, std);

    assertThatThrownBy(() -> new Preprocessing(input, side, Interpolation.BILINEAR, means, stds))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void json_roundTrip_keepsEverything() {
    Preprocessing preprocessing =
        new Preprocessing(
            128, 150, Interpolation.BICUBIC, List.of(0.5f, 0.4f, 0.3f), List.of(0.25f, 0.2f, 0.1f));

    assertThat(Preprocessing.fromJson(preprocessing.toJson())).isEqualTo(preprocessing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"input_size\": 8}",
        "{\"input_size\":8,\"resize_shorter_side\":9,\"interpolation\":\"BILINEAR\",\"mean\":[0,0,0],\"std\":[1,1,0]}",
        "{\"input_size\":8,\"resize_shorter_side\":7,\"interpolation\":\"BILINEAR\",\"mean\":[0,0,0],\"std\":[1,1,1]}",
        "{\"input_size\":8,\"resize_shorter_side\":9,\"interpolation\":\"NEAREST\",\"mean\":[0,0,0],\"std\":[1,1,1]}",
        "{\"input_size\":8,\"resize_shorter_side\":9,\"interpolation\":\"BILINEAR\",\"mean\":[0,0,0],\"std\":[1,1,1],\"crop\":1}",
      })
  void fromJson_somethingElse_isRefused(String json) {
    assertThatThrownBy(() -> Preprocessing.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("preprocessing");
  }

  @Test
  void withInputSize_resizesTheShorterSideInProportion() {
    Preprocessing large = Preprocessing.imagenet(224);
    assertThat(large.withInputSize(112).resizeShorterSide()).isEqualTo(128);
    assertThat(large.withInputSize(112).withInputSize(224)).isEqualTo(large);
    Preprocessing whole =
        new Preprocessing(224, 224, large.interpolation(), large.mean(), large.std());
    assertThat(whole.withInputSize(100).resizeShorterSide()).isEqualTo(100);
  }
}
