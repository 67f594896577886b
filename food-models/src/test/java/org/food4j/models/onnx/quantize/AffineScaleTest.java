package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AffineScaleTest {
  @Test
  void of_rangeWithoutNegatives_hasTheLeastIntegerAsZeroPoint() {
    AffineScale scale = AffineScale.of(new Range(0, 5.1f), IntegerType.U8);
    assertThat(scale.zeroPoint()).isZero();
    assertThat(scale.scale()).isCloseTo(0.02f, within(1e-8f));
    assertThat(AffineScale.of(new Range(2, 5.1f), IntegerType.U8)).isEqualTo(scale);
    assertThat(AffineScale.of(new Range(0, 5.1f), IntegerType.S8).zeroPoint()).isEqualTo(-128);
  }

  @Test
  void of_rangeOfBothSigns_standsForZeroExactly() {
    AffineScale scale = AffineScale.of(new Range(-1, 1.55f), IntegerType.U8);
    assertThat(scale.zeroPoint()).isEqualTo(100);
    assertThat(scale.quantize(0)).isEqualTo(100);
    assertThat(scale.dequantize(100)).isZero();
    assertThat(AffineScale.of(new Range(-3, -1), IntegerType.U8).zeroPoint()).isEqualTo(255);
  }

  @Test
  void quantize_halvesAndOutsiders_roundToEvenAndClip() {
    AffineScale scale = new AffineScale(0.5f, 10, IntegerType.U8);
    assertThat(scale.quantize(0.25f)).isEqualTo(10);
    assertThat(scale.quantize(0.75f)).isEqualTo(12);
    assertThat(scale.quantize(-100)).isZero();
    assertThat(scale.quantize(1000)).isEqualTo(255);
    assertThat(scale.dequantize(12)).isEqualTo(1);
  }

  @Test
  void symmetric_anyRange_hasTheMiddleForZero() {
    AffineScale scale = AffineScale.symmetric(new Range(-1, 2.54f), IntegerType.S8);
    assertThat(scale.zeroPoint()).isZero();
    assertThat(scale.scale()).isCloseTo(0.02f, within(1e-8f));
    assertThat(scale.quantize(2.54f)).isEqualTo(127);
  }

  @Test
  void of_tensorThatIsAlwaysZero_hasAScaleAllTheSame() {
    assertThat(AffineScale.of(new Range(0, 0), IntegerType.U8).scale()).isEqualTo(1);
    assertThat(AffineScale.symmetric(new Range(0, 0), IntegerType.S8).scale()).isEqualTo(1);
  }

  @Test
  void constructor_badValues_areRefused() {
    assertThatThrownBy(() -> new AffineScale(0, 0, IntegerType.U8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0, not 0.0");
    assertThatThrownBy(() -> new AffineScale(1, 256, IntegerType.U8))
        .hasMessageContaining("between 0 and 255, not at 256");
    assertThatThrownBy(() -> new Range(1, 0)).hasMessageContaining("1.0 to 0.0");
    assertThatThrownBy(() -> new Range(0, Float.NaN)).hasMessageContaining("finite");
  }
}
