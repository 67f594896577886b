package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerJvmTest {
  @Test
  void options_thatTwoProcessesCannotShare_areLeftOut() {
    assertThat(
            WorkerJvm.shared(
                List.of(
                    "-Xmx2g",
                    "-agentlib:jdwp=transport=dt_socket,address=5005",
                    "-javaagent:jacoco.jar",
                    "-Dcom.sun.management.jmxremote.port=9010",
                    "-Xlog:gc*:file=gc.log",
                    "-Xloggc:gc.log",
                    "-XX:StartFlightRecording=filename=a.jfr",
                    "-Dfood.terminal=80",
                    "-Dorg.bytedeco.javacpp.maxbytes=4g")))
        .containsExactly("-Xmx2g", "-Dorg.bytedeco.javacpp.maxbytes=4g");
  }
}
