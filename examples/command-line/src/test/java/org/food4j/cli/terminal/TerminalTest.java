package org.food4j.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  record Row(String model, double p50Ms, double top1Low, long photosPerSecond, Path file) {}

  @Test
  void json_ofARecord_hasSnakeCaseKeysInTheOrderOfComponents() {
    Screen screen = Screen.piped();
    screen.terminal().json(List.of(new Row("crème", 1.5, 0.25, 3, Path.of("a", "b.onnx"))));
    assertThat(screen.out())
        .isEqualTo(
            """
            [ {
              "model" : "crème",
              "p50_ms" : 1.5,
              "top1_low" : 0.25,
              "photos_per_second" : 3,
              "file" : "a/b.onnx"
            } ]
            """);
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void json_ofAMap_isSortedByKey() {
    Screen screen = Screen.piped();
    screen.terminal().json(Map.of("b", 1, "a", 2, "d", 3, "c", 4));
    assertThat(screen.out().replaceAll("[^a-d]", "")).isEqualTo("abcd");
  }

  @Test
  void print_andNote_goToSeparateStreams() {
    Screen screen = Screen.piped();
    screen.terminal().print("result");
    screen.terminal().note("remark");
    assertThat(screen.out()).isEqualTo("result\n");
    assertThat(screen.err()).isEqualTo("remark\n");
  }

  @Test
  void terminal_narrowerThan20Columns_isRefused() {
    assertThatThrownBy(() -> new Terminal(System.out, System.err, true, 19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("19");
  }
}
