package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.food4j.cli.doctor.Check;
import org.food4j.cli.doctor.Finding;
import org.food4j.cli.doctor.Status;
import org.food4j.cli.terminal.Screen;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DoctorCommandTest {
  private static final Check WELL =
      new Check("Java", "", () -> new Finding("Java", Status.OK, "17", ""));
  private static final Check SLOW =
      new Check("ND4J", "", () -> new Finding("ND4J", Status.WARN, "no oneDNN", "Add it."));
  private static final Check BROKEN =
      new Check(
          "OpenCV",
          "Reinstall.",
          () -> {
            throw new UnsatisfiedLinkError("no opencv_core");
          });

  private final Screen screen = Screen.piped();

  private int run(List<Check> checks, String... arguments) {
    return new CommandLine(new DoctorCommand(screen.terminal(), checks)).execute(arguments);
  }

  @Test
  void doctor_allWell_exits0() {
    assertThat(run(List.of(WELL))).isZero();
    assertThat(screen.out()).isEqualTo("OK    Java             17\nAll is well.\n");
  }

  @Test
  void doctor_warning_exits0WithAdvice() {
    assertThat(run(List.of(WELL, SLOW))).isZero();
    assertThat(screen.out()).contains("WARN  ND4J", "-> Add it.", "0 to repair", "1 that could");
  }

  @Test
  void doctor_missingNative_isAFailureLineAndExit1() {
    assertThat(run(List.of(BROKEN, WELL))).isEqualTo(1);
    assertThat(screen.out())
        .contains("FAIL  OpenCV", "UnsatisfiedLinkError: no opencv_core", "-> Reinstall.")
        .contains("OK    Java");
  }

  @Test
  void doctor_json_isOneDocumentOnStandardOutput() throws Exception {
    assertThat(run(List.of(WELL, SLOW, BROKEN), "--json")).isEqualTo(1);
    JsonNode document = new ObjectMapper().readTree(screen.out());
    assertThat(document.get("ready").booleanValue()).isFalse();
    assertThat(document.get("checks")).hasSize(3);
    assertThat(document.get("checks").get(1).fieldNames())
        .toIterable()
        .containsExactly("check", "status", "found", "advice");
    assertThat(document.get("checks").get(2).get("status").textValue()).isEqualTo("FAIL");
  }
}
