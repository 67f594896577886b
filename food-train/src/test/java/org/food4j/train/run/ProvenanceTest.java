package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  @TempDir Path folder;

  @Test
  void environment_inAnyLocale_isTheSame() {
    Map<String, String> expected = environment(Locale.ROOT);
    assertThat(expected.get("memory_gib")).matches("\\d+\\.\\d|unknown");
    assertThat(environment(Locale.GERMANY)).isEqualTo(expected);
    assertThat(environment(Locale.forLanguageTag("ar-EG-u-nu-arab"))).isEqualTo(expected);
  }

  @Test
  void equipment_thatDiffers_isNamed() {
    Provenance alone = new Provenance(Provenance.equipment(1, Optional.empty()));
    assertThat(alone.otherEquipment(Provenance.equipment(1, Optional.empty()))).isEmpty();
    assertThat(alone.otherEquipment(Provenance.equipment(2, Optional.of("local[2]"))))
        .containsExactly("devices 2 instead of 1", "spark_master local[2] instead of none");
    Provenance old = new Provenance(Map.of("java", "17"));
    assertThat(old.otherEquipment(Provenance.equipment(2, Optional.of("yarn")))).isEmpty();
  }

  @Test
  void answer_ofACommand_isWhatItPrints() throws Exception {
    assertThat(Provenance.answer(java("-version"), Duration.ofMinutes(1)))
        .hasValueSatisfying(text -> assertThat(text).contains("version"));
  }

  @Test
  void answer_ofACommandThatFails_isAbsent() throws Exception {
    assertThat(Provenance.answer(java("--no-such-option"), Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void answer_ofACommandThatDoesNotEnd_isAbsentAfterTheLimit() throws Exception {
    // jshell waits for input that nobody gives; its output stays open all the while.
    ProcessBuilder waiting = new ProcessBuilder(tool("jshell"), "-s");
    long start = System.nanoTime();
    assertThat(Provenance.answer(waiting, Duration.ofMillis(200))).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void answer_ofNoCommand_isAnError() {
    ProcessBuilder nothing = new ProcessBuilder(folder.resolve("nothing").toString());
    assertThatThrownBy(() -> Provenance.answer(nothing, Duration.ofSeconds(1)))
        .isInstanceOf(IOException.class);
  }

  private static ProcessBuilder java(String option) {
    return new ProcessBuilder(tool("java"), option);
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static Map<String, String> environment(Locale locale) {
    Locale before = Locale.getDefault();
    Locale.setDefault(locale);
    try {
      return Provenance.environment();
    } finally {
      Locale.setDefault(before);
    }
  }
}
