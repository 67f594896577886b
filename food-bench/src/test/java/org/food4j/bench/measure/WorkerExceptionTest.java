package org.food4j.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerExceptionTest {
  @Test
  void message_ofAReasonWithAHintBelow_isTheReason() {
    String log =
        "INFO starting\nfood: an earlier one\njava.lang.NullPointerException: a\n\tat B.c(B.java:1)\n"
            + "food: NullPointerException: a\n"
            + "This should not happen; --debug shows the stack trace.\n\n";
    WorkerException thrown = new WorkerException("m.onnx", 1, log);
    assertThat(thrown)
        .hasMessage(
            "m.onnx could not be measured: NullPointerException: a (its process ended with exit"
                + " code 1)");
    assertThat(thrown.log()).isEqualTo(log);
    assertThat(new WorkerException("m.onnx", 2, "food: Unknown option\nTry: food --help"))
        .hasMessageContaining("measured: Unknown option (");
  }

  @Test
  void message_withoutAReason_isTheLastLine() {
    assertThat(new WorkerException("m.onnx", 1, "Error: no main class\n \n"))
        .hasMessageContaining("measured: Error: no main class (");
    assertThat(new WorkerException("m.onnx", 1, "\n")).hasMessageContaining("it said nothing (");
  }

  @Test
  void message_ofAKilledProcess_namesTheSignal() {
    assertThat(new WorkerException("m.onnx", 134, "Aborted"))
        .hasMessageEndingWith("Aborted (its process was killed by signal 6)");
    assertThat(new WorkerException("m.onnx", 128, "")).hasMessageContaining("exit code 128");
  }
}
