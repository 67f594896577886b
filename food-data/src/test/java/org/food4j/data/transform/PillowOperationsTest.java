package org.food4j.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.SamplePhotos;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixels of other implementations; pillow_operations.py beside the images wrote them. */
@Tag("reference")
class PillowOperationsTest {
  private static final Photo PHOTO = SamplePhotos.photo(SamplePhotos.formula());
  private static final Fill FILL = Fill.colour(10, 20, 30);

  private static Photo reference(String name) throws IOException {
    return SamplePhotos.photo(
        ImageIO.read(
            new ByteArrayInputStream(
                SamplePhotos.resource(PillowOperationsTest.class, name + ".png"))));
  }

  private static double meanDifference(Photo one, Photo other) {
    long sum = 0;
    for (int i = 0; i < one.rgb().length; i++) {
      sum += Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff));
    }
    return (double) sum / one.rgb().length;
  }

  static Stream<Arguments> pixelOperations() {
    return Stream.of(
        Arguments.of("brightness-0.35", new Brightness(0.35)),
        Arguments.of("brightness-1.6", new Brightness(1.6)),
        Arguments.of("contrast-0.35", new Contrast(0.35)),
        Arguments.of("contrast-1.6", new Contrast(1.6)),
        Arguments.of("saturation-0.35", new Saturation(0.35)),
        Arguments.of("saturation-1.6", new Saturation(1.6)),
        Arguments.of("sharpness-0.0", new Sharpness(0)),
        Arguments.of("sharpness-0.35", new Sharpness(0.35)),
        Arguments.of("sharpness-1.6", new Sharpness(1.6)),
        Arguments.of("posterize-2", new Posterize(2)),
        Arguments.of("posterize-5", new Posterize(5)),
        Arguments.of("solarize-93.5", new Solarize(93.5)),
        Arguments.of("equalize", new Equalize()),
        Arguments.of("vertical-flip", new VerticalFlip(1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pixelOperations")
  void apply_pixelOperation_isPillowsBitForBit(String name, PhotoTransform transform)
      throws IOException {
    assertThat(transform.apply(PHOTO, new Random(1)).rgb()).isEqualTo(reference(name).rgb());
  }

  @Test
  void apply_histogramOperation_ofADullPhoto_isPillowsBitForBit() throws IOException {
    Photo dull = reference("dull");

    assertThat(new AutoContrast().apply(dull, new Random(1)).rgb())
        .isEqualTo(reference("autocontrast").rgb());
    assertThat(new Equalize().apply(dull, new Random(1)).rgb())
        .isEqualTo(reference("equalize-dull").rgb());
  }

  static Stream<Arguments> hues() {
    return Stream.of(-0.4, 0.07, 0.5).map(turns -> Arguments.of("hue-" + turns, turns));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hues")
  void apply_hueShift_isColorsysWithinItsRounding(String name, double turns) throws IOException {
    Photo turned = new HueShift(turns).apply(PHOTO, new Random(1));

    assertThat(SamplePhotos.maxDifference(turned, reference(name))).isLessThanOrEqualTo(1);
    assertThat(meanDifference(turned, reference(name))).isLessThan(0.01);
  }

  static Stream<Arguments> warps() {
    double angle = Math.toRadians(25);
    Warp affine =
        RandomAffine.map(
            40, 30, angle, Math.tan(Math.toRadians(10)), Math.tan(Math.toRadians(-15)), 1.3, 3, -2);
    return Stream.of(
        Arguments.of("affine", affine, FILL),
        Arguments.of("affine-reflection", affine, Fill.REFLECTION),
        Arguments.of(
            "perspective", RandomPerspective.map(40, 30, 5, 2, 33, 4, 38, 29, 1, 22.3), FILL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("warps")
  void apply_warp_isPillowsBilinearWithinRounding(String name, Warp warp, Fill fill)
      throws IOException {
    assertClose(warp.apply(PHOTO, fill), name);
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        Arguments.of("shear-x-0.2", Operation.SHEAR_X, 20, Operation.Reach.USUAL, true),
        Arguments.of("shear-y--0.66", Operation.SHEAR_Y, 20, Operation.Reach.WIDE, false),
        Arguments.of("rotate-20", Operation.ROTATE, 20, Operation.Reach.USUAL, true),
        Arguments.of("translate-x-12", Operation.TRANSLATE_X, 20, Operation.Reach.USUAL, true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void apply_geometricOperation_isPillowsWithinRounding(
      String name, Operation operation, int magnitude, Operation.Reach reach, boolean forward)
      throws IOException {
    assertClose(operation.apply(PHOTO, magnitude, reach, FILL, coin(forward)), name);
  }

  /** Positions are cut to 1/2048 of a pixel here; Pillow cuts the sum's fraction off. */
  private static void assertClose(Photo warped, String name) throws IOException {
    assertThat(SamplePhotos.maxDifference(warped, reference(name))).isLessThanOrEqualTo(1);
    assertThat(meanDifference(warped, reference(name))).isLessThan(0.6);
  }

  private static Random coin(boolean side) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public boolean nextBoolean() {
        return side;
      }
    };
  }

  static Stream<Arguments> blurs() {
    return Stream.of(0.5, 1.7).map(sigma -> Arguments.of("blur-" + sigma, sigma));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blurs")
  void apply_blur_isTheBellCurveWithinRounding(String name, double sigma) throws IOException {
    Photo blurred = new GaussianBlur(sigma, sigma).apply(PHOTO, new Random(1));

    assertThat(SamplePhotos.maxDifference(blurred, reference(name))).isLessThanOrEqualTo(1);
    assertThat(meanDifference(blurred, reference(name))).isLessThan(0.02);
  }

  @Test
  void apply_blur_isCloseToPillowsApproximation() throws IOException {
    Photo blurred = new GaussianBlur(1.7, 1.7).apply(PHOTO, new Random(1));

    assertThat(meanDifference(blurred, reference("blur-pillow-1.7"))).isLessThan(2);
  }
}
