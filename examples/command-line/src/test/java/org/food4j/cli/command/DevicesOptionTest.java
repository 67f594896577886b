package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.models.layer.NativeEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code food train --devices}, where there is one processor. */
class DevicesOptionTest {
  @TempDir private Path folder;
  private final Screen screen = Screen.piped();

  @Test
  void several_onTheProcessor_areRefusedInOneLineBeforeAnythingIsRead() {
    assumeFalse(NativeEngine.computesOnGpus(), "this build computes on GPUs");
    assertThat(train("2")).isEqualTo(1);
    assertThat(screen.err().lines())
        .singleElement()
        .asString()
        .startsWith("food: 2 devices are GPUs, and this build computes on the processor")
        .contains("train on 1 device, or build with -Pcuda");
    assertThat(Files.exists(folder.resolve("run"))).isFalse();
  }

  @Test
  void none_isWrongUsage() {
    assertThat(train("0")).isEqualTo(2);
    assertThat(screen.err()).contains("--devices is at least 1, not 0");
  }

  private int train(String devices) {
    return Food.run(
        screen.terminal(),
        "train",
        "--data",
        folder.resolve("missing").toString(),
        "--out",
        folder.resolve("run").toString(),
        "--devices",
        devices);
  }
}
