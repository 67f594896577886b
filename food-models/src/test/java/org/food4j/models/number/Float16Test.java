package org.food4j.models.number;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.platform.Fp16Conversions;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Float16Test {
  @Test
  void toFloat_everyHalf_isOnnxRuntimesValue() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = Float16.toFloat((short) bits);

      assertThat(Float.compare(value, Fp16Conversions.mlasFp16ToFloat((short) bits))).isZero();
      if (!Float.isNaN(value)) {
        assertThat(Float16.toBits(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void toBits_anyFloat_isTheNearestHalfAndTheEvenOneOfTwo() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      float value = (float) ((random.nextDouble() - 0.5) * Math.pow(2, random.nextInt(44) - 26));
      short bits = Float16.toBits(value);
      double error = Math.abs((double) Float16.toFloat(bits) - value);

      if (Math.abs(value) < Float16.MAX) {
        assertThat(error).isLessThanOrEqualTo(Math.abs((double) neighbour(bits, 1) - value));
        assertThat(error).isLessThanOrEqualTo(Math.abs((double) neighbour(bits, -1) - value));
      }
    }
    // halfway between 1 and the next half, and between that one and the next
    assertThat(Float16.toBits(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(Float16.toBits(1 + 3 * 0x1p-11f)).isEqualTo((short) 0x3c02);
    assertThat(Float16.toBits(0x1p-25f)).isZero();
    assertThat(Float16.toBits(65519.996f)).isEqualTo((short) 0x7bff);
    assertThat(Float16.toBits(-65520f)).isEqualTo((short) 0xfc00);
    assertThat(Float16.toFloat(Float16.toBits(Float.NaN))).isNaN();
  }

  private static float neighbour(short bits, int step) {
    int magnitude = (bits & 0x7fff) + step;
    return magnitude < 0 ? 0 : Float16.toFloat((short) (bits & 0x8000 | magnitude));
  }
}
