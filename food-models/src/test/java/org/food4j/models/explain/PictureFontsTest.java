package org.food4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.picture.PictureFonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFontsTest {
  @TempDir Path folder;

  @Test
  void fonts_ofThisMachine_areThere() {
    assertThat(PictureFonts.require()).isNotBlank();
  }

  /** Java keeps what it found, hence another process; and at home, hence another home. */
  @Test
  void fonts_whereFontconfigFindsNone_areAskedForByName() throws Exception {
    Path none = Files.writeString(folder.resolve("none.conf"), "<fontconfig></fontconfig>");
    Path said = folder.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            WithoutFonts.class.getName(),
            said.toString());
    builder.environment().put("FONTCONFIG_FILE", none.toString());
    Path log = folder.resolve("log.txt");
    int exit = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    assertThat(exit).as(Files.readString(log)).isZero();
    assertThat(Files.readAllLines(said))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("Java finds no font to write into pictures with (Fontconfig ")
                    .endsWith("apt-get install fontconfig fonts-dejavu-core"));
  }

  /** Writes down what it is told, of the check and of a sheet. */
  static final class WithoutFonts {
    private WithoutFonts() {}

    public static void main(String[] arguments) throws IOException {
      Files.write(
          Path.of(arguments[0]),
          List.of(said(PictureFonts::require), said(() -> new Sheet(8, 8).close())),
          StandardCharsets.UTF_8);
    }

    private static String said(Runnable attempt) {
      try {
        attempt.run();
        return "nothing";
      } catch (IllegalStateException e) {
        return e.getMessage();
      }
    }
  }
}
