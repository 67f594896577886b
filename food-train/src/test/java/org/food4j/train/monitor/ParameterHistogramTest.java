package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ParameterHistogramTest {
  @Test
  void of_randomValues_countsAsBruteForceDoes() {
    Random random = new Random(5);
    float[] values = new float[5000];
    for (int i = 0; i < values.length; i++) {
      // over all magnitudes, and some exactly at the limit 0
      values[i] =
          i % 50 == 0
              ? i % 100 == 0 ? 0f : -0f
              : (float) (random.nextGaussian() * Math.pow(10, random.nextInt(50) - 25));
    }
    ParameterHistogram histogram = ParameterHistogram.of(values);
    double[] limits = histogram.limits();
    assertThat(limits).isSorted().doesNotHaveDuplicates();
    assertThat(limits[limits.length - 1]).isEqualTo(Double.MAX_VALUE);
    for (int bucket = 0; bucket < limits.length; bucket++) {
      double from = bucket == 0 ? Double.NEGATIVE_INFINITY : limits[bucket - 1];
      double to = limits[bucket];
      long expected = 0;
      for (float value : values) {
        expected += value >= from && value < to ? 1 : 0;
      }
      assertThat(histogram.counts()[bucket]).as("%s to %s", from, to).isEqualTo(expected);
    }
    assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(values.length);
  }

  @Test
  void of_values_sumsThem() {
    ParameterHistogram histogram = ParameterHistogram.of(2f, -0.5f, 1f);
    assertThat(histogram.count()).isEqualTo(3);
    assertThat(histogram.min()).isEqualTo(-0.5);
    assertThat(histogram.max()).isEqualTo(2);
    assertThat(histogram.sum()).isEqualTo(2.5);
    assertThat(histogram.sumOfSquares()).isEqualTo(5.25);
    assertThat(histogram.notFinite()).isZero();
  }

  @Test
  void limits_aroundAValue_areAFactorOf1_1Apart() {
    ParameterHistogram histogram = ParameterHistogram.of(1f);
    // nothing below; 1; nothing above
    assertThat(histogram.counts()).containsExactly(0, 1, 0);
    double below = histogram.limits()[0];
    double above = histogram.limits()[1];
    assertThat(above / below).isCloseTo(1.1, offset(1e-12));
    assertThat(below).isLessThanOrEqualTo(1).isGreaterThan(1 / 1.1);
    // a power of 1.1 times 1e-12
    double power = Math.log(below * 1e12) / Math.log(1.1);
    assertThat(power).isCloseTo(Math.rint(power), offset(1e-9));
  }

  @Test
  void of_valuesThatAreNoNumbers_countsThemApart() {
    ParameterHistogram histogram =
        ParameterHistogram.of(Float.NaN, 1f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(histogram.notFinite()).isEqualTo(3);
    assertThat(histogram.count()).isEqualTo(1);
    assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(1);
    assertThat(histogram.max()).isEqualTo(1);
  }

  @Test
  void of_nothing_isOneEmptyBucket() {
    ParameterHistogram histogram = ParameterHistogram.of();
    assertThat(histogram.counts()).containsExactly(0);
    assertThat(histogram.limits()).containsExactly(Double.MAX_VALUE);
    assertThat(histogram.min()).isZero();
    assertThat(histogram.max()).isZero();
  }

  @Test
  void of_aViewOfAnArray_takesItsValuesAlone() {
    INDArray all = Nd4j.createFromArray(new float[][] {{1, 2, 100}, {3, 4, 100}});
    INDArray view = all.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2));
    ParameterHistogram histogram = ParameterHistogram.of(view);
    assertThat(histogram.count()).isEqualTo(4);
    assertThat(histogram.sum()).isEqualTo(10);
    assertThat(histogram.max()).isEqualTo(4);
  }
}
