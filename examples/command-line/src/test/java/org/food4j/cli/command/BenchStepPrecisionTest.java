package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.models.kernel.Precision;
import org.food4j.models.layer.NativeEngine;
import org.junit.jupiter.api.Test;

class BenchStepPrecisionTest {
  private static final String STEP =
      "bench step --model se_cnn --batch 2 --size 32 --repeats 1 --warm-up 0 --bf16 --json";

  @Test
  void step_inBfloat16_saysSoOrWhatTheProcessorLacks() throws IOException {
    Screen screen = Screen.piped();
    int exit = Food.run(screen.terminal(), STEP.split(" "));
    if (hasBfloat16()) {
      assertThat(exit).as(screen.err()).isZero();
      assertThat(new JsonMapper().readTree(screen.out()).get("bf16").asBoolean()).isTrue();
    } else {
      assertThat(exit).isEqualTo(2);
      assertThat(screen.err()).contains("bfloat16 needs", "set precision to float32");
    }
  }

  private static boolean hasBfloat16() {
    try {
      NativeEngine.start().requireTraining(Precision.BFLOAT16);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
