package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibratorTest {
  private static final int LEVELS = 256;

  @Test
  void histogram_growingRange_losesNoNumber() {
    ActivationHistogram histogram = new ActivationHistogram();
    histogram.add(FloatBuffer.wrap(new float[] {0, 0.5f, -0.5f}));
    histogram.add(FloatBuffer.wrap(new float[] {100, -3, 0}));

    assertThat(histogram.range()).isEqualTo(new Range(-3, 100));
    assertThat(histogram.count()).isEqualTo(6);
    assertThat(histogram.zeros()).isEqualTo(2);
    long above = 0;
    long below = 0;
    for (int bin = 0; bin < ActivationHistogram.BINS; bin++) {
      above += histogram.in(true, bin);
      below += histogram.in(false, bin);
      if (histogram.in(true, bin) > 0) {
        double from = bin * histogram.width();
        assertThat(from <= 0.5 && 0.5 <= from + histogram.width() || from <= 100 && from > 99)
            .isTrue();
      }
    }
    assertThat(above).isEqualTo(2);
    assertThat(below).isEqualTo(2);
  }

  @Test
  void histogram_notANumber_isRefused() {
    ActivationHistogram histogram = new ActivationHistogram();
    assertThatThrownBy(() -> histogram.add(FloatBuffer.wrap(new float[] {1, Float.NaN})))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(histogram::range).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void minmax_outlier_isCovered() {
    assertThat(range(Calibrator.MINMAX, Response.LINEAR, uniformWithOutlier()).max()).isEqualTo(50);
  }

  @Test
  void percentile_numbersBeyondIt_areClipped() {
    // 20,000 numbers up to 1 and one of 50: the outlier is one of the two that may be clipped
    Range range = range(Calibrator.PERCENTILE, Response.LINEAR, uniformWithOutlier());
    assertThat(range.max()).isBetween(0.99f, 1.02f);
    assertThat(range.min()).isBetween(0f, 1e-4f);
  }

  @Test
  void entropy_uniformNumbers_areCoveredWhole() {
    float[] uniform = new float[40_960];
    for (int i = 0; i < uniform.length; i++) {
      uniform[i] = (i + 0.5f) / uniform.length;
    }
    Range range = range(Calibrator.ENTROPY, Response.LINEAR, uniform);
    assertThat(range.max()).isCloseTo(1, within(0.02f));
  }

  @Test
  void entropy_twoBinsRoundedToOneLevel_divergeAsByHand() {
    // one level holds 3 and 1: P = (3/4, 1/4), Q = (1/2, 1/2)
    ActivationHistogram histogram = new ActivationHistogram();
    float width = 1f / ActivationHistogram.BINS;
    float[] numbers = {0.5f * width, 0.5f * width, 0.5f * width, 1.5f * width};
    histogram.add(FloatBuffer.wrap(new float[] {1}));
    histogram.add(FloatBuffer.wrap(numbers));
    // the number 1 lies beyond the two bins, and counts for the last of them: P = (3/5, 2/5)
    double expected = 0.6 * Math.log(0.6 / 0.5) + 0.4 * Math.log(0.4 / 0.5);
    assertThat(new EntropySearch(histogram, 1).divergence(2)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void entropy_longTail_isClipped() {
    float[] numbers = gaussian(1);
    numbers[0] = 50;
    Range range = range(Calibrator.ENTROPY, Response.LINEAR, numbers);
    assertThat(range.max()).isBetween(3f, 25f);
  }

  @Test
  void mse_error_isTheMeasuredOneOfRounding() {
    float[] gaussian = gaussian(1);
    ActivationHistogram histogram = histogram(gaussian);
    double predicted = new SquaredErrorSearch(histogram, Response.LINEAR, LEVELS).error(-2.5, 2.5);
    AffineScale scale = AffineScale.of(new Range(-2.5f, 2.5f), IntegerType.U8);
    double measured = 0;
    for (float number : gaussian) {
      double off = scale.dequantize(scale.quantize(number)) - number;
      measured += off * off;
    }
    assertThat(predicted).isCloseTo(measured, within(0.02 * measured));
  }

  @Test
  void mse_ofManyCandidates_isTheLeast() {
    float[] numbers = gaussian(1);
    numbers[0] = 30;
    ActivationHistogram histogram = histogram(numbers);
    SquaredErrorSearch search = new SquaredErrorSearch(histogram, Response.LINEAR, LEVELS);
    Range range = search.range();
    double error = search.error(range.min(), range.max());
    for (int part = 1; part <= 20; part++) {
      assertThat(error).isLessThanOrEqualTo(search.error(range.min(), 1.5 * part));
    }
    assertThat(error).isLessThanOrEqualTo(search.error(histogram.range().min(), 30));
  }

  @Test
  void response_silu_spendsNoIntegersOnWhatComesOutAsZero() {
    float[] wide = gaussian(20);
    Range linear = range(Calibrator.MSE, Response.LINEAR, wide);
    Range silu = range(Calibrator.MSE, Response.SILU, wide);
    assertThat(linear.min()).isLessThan(-40);
    assertThat(silu.min()).isBetween(-9f, -1f);
    assertThat(silu.max()).isGreaterThan(40);
    assertThat(range(Calibrator.MINMAX, Response.SILU, wide).min()).isEqualTo(-8);
    Range sigmoid = range(Calibrator.MINMAX, Response.SIGMOID, wide);
    assertThat(sigmoid).isEqualTo(new Range(-8, 8));
  }

  @Test
  void of_unknownName_namesTheKnownOnes() {
    assertThat(Calibrator.of("mse")).isEqualTo(Calibrator.MSE);
    assertThatThrownBy(() -> Calibrator.of("kl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no calibrator 'kl': use minmax, entropy, percentile, mse");
  }

  private static float[] uniformWithOutlier() {
    float[] numbers = new float[20_001];
    for (int i = 0; i < 20_000; i++) {
      numbers[i] = (i + 0.5f) / 20_000;
    }
    numbers[20_000] = 50;
    return numbers;
  }

  private static float[] gaussian(double deviation) {
    Random random = new Random(7);
    float[] numbers = new float[50_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (deviation * random.nextGaussian());
    }
    return numbers;
  }

  private static ActivationHistogram histogram(float[] numbers) {
    ActivationHistogram histogram = new ActivationHistogram();
    histogram.add(FloatBuffer.wrap(numbers));
    return histogram;
  }

  private static Range range(Calibrator calibrator, Response response, float[] numbers) {
    return calibrator.range(histogram(numbers), response, LEVELS);
  }
}
