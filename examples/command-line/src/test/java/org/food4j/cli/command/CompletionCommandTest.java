package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path folder;

  private static String script(String shell) {
    Screen screen = Screen.piped();
    assertThat(Food.run(screen.terminal(), "completion", shell)).isZero();
    assertThat(screen.err()).isEmpty();
    return screen.out();
  }

  /** What bash offers for these words, the last of which is being typed. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("food-completion"), script("bash"));
    String typed = "'" + String.join("' '", words) + "'";
    String ask =
        """
        source "$1"
        declaration=$(complete -p food)
        function=${declaration#*-F }
        COMP_WORDS=(%s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE=${COMP_WORDS[*]}
        COMP_POINT=${#COMP_LINE}
        "${function%%%% *}" food
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(typed);
    Process bash = new ProcessBuilder("bash", "-c", ask, "bash", script.toString()).start();
    try (BufferedReader output = bash.inputReader()) {
      List<String> lines = output.lines().map(String::strip).toList();
      assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return lines;
    }
  }

  @Test
  void bash_beginningOfAVerb_isCompleted() throws Exception {
    assertThat(offered("food", "quick")).containsExactly("quickstart");
    assertThat(offered("food", "data", "in")).containsExactly("inspect");
  }

  @Test
  void bash_beginningOfAnOption_isCompletedAsTheVerbsOwn() throws Exception {
    assertThat(offered("food", "export", "--uint")).containsExactly("--uint8-input");
    assertThat(offered("food", "predict", "--uint")).containsExactly("");
  }

  @Test
  void bash_valueOfAnOption_isOneOfItsWords() throws Exception {
    assertThat(offered("food", "quantize", "--mode", "")).contains("static", "dynamic", "fp16");
  }

  /** Though they are another program's. */
  @Test
  void bash_optionsOfTheServer_areCompleted() throws Exception {
    assertThat(offered("food", "serve", "--max")).containsExactly("--max-body", "--max-megapixels");
    Path source = Path.of("../rest-server/src/main/java/org/food4j/server/ServerOptions.java");
    Matcher option = Pattern.compile("names = \"(--[a-z-]+)\"").matcher(Files.readString(source));
    assertThat(option.results().map(found -> found.group(1)))
        .containsExactlyElementsOf(ServeCommand.OPTIONS);
  }

  @Test
  void bash_verbsThatNobodyTypes_areNotOffered() throws Exception {
    assertThat(offered("food", "bench", "")).contains("report", "step").doesNotContain("worker");
  }

  @Test
  void zsh_script_registersTheCommand() throws Exception {
    assumeTrue(isInstalled("zsh"), "zsh is not installed");
    Path script = Files.writeString(folder.resolve("food-completion"), script("zsh"));
    Process zsh =
        new ProcessBuilder(
                "zsh", "-f", "-c", "source $1; print -r -- $_comps[food]", "zsh", script.toString())
            .start();
    try (BufferedReader output = zsh.inputReader()) {
      assertThat(output.lines()).anyMatch(line -> line.contains("_complete_food"));
    }
    assertThat(zsh.waitFor()).isZero();
  }

  private static boolean isInstalled(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-c", "command -v " + program).start().waitFor() == 0;
  }

  @Test
  void completion_ofEachShell_saysHowToInstallItInItsFirstLine() {
    assertThat(script("bash").lines().findFirst().orElseThrow())
        .startsWith("# To install: ")
        .contains("completion bash > ~/.food-completion", "~/.bashrc: source ~/.food-completion");
    assertThat(script("zsh").lines().findFirst().orElseThrow())
        .contains("completion zsh > ~/.food-completion", "~/.zshrc: source ~/.food-completion");
  }

  @Test
  void completion_ofAnotherShell_isWrongUsage() {
    Screen screen = Screen.piped();
    assertThat(Food.run(screen.terminal(), "completion", "fish")).isEqualTo(2);
    assertThat(screen.err()).contains("expected one of bash, zsh, not 'fish'");
  }
}
