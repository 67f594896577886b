package org.food4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.food4j.cli.terminal.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README and the pages under .github stay true. */
class DocumentsTest {
  /** Surefire runs in the module's folder. */
  private static final Documents PROJECT =
      new Documents(Path.of("../..").toAbsolutePath().normalize());

  private static final Path SERVER_OPTIONS =
      Path.of("../rest-server/src/main/java/org/food4j/server/ServerOptions.java");

  private final CommandLine food = Food.commandLine(Screen.piped().terminal());

  @Test
  void project_linksAndImages_leadSomewhere() throws IOException {
    assertThat(PROJECT.brokenLinks()).isEmpty();
  }

  @Test
  void project_calls_areOfVerbsAndOptionsThatExist() throws IOException {
    assertThat(Documents.calls(PROJECT.root().resolve("README.md")).size()).isGreaterThan(10);
    assertThat(PROJECT.unknownCalls(food, Documents.optionsIn(SERVER_OPTIONS))).isEmpty();
  }

  @Test
  void project_everyVerb_isOnThePageOfCommands() throws IOException {
    Path page = PROJECT.root().resolve(".github/docs/commands.md");
    assertThat(Documents.undocumented(food, page)).isEmpty();
  }

  @Test
  void serverOptions_areReadFromItsSource() throws IOException {
    assertThat(Documents.optionsIn(SERVER_OPTIONS)).contains("--model", "--api-keys", "--max-body");
  }

  @Test
  void pages_withEveryFault_reportEach(@TempDir Path root) throws IOException {
    Documents documents = new Documents(root);
    Path page = root.resolve(".github/docs/page.md");
    Files.createDirectories(page.getParent());
    Files.writeString(
        root.resolve("README.md"),
        """
        # One page
        [page](.github/docs/page.md#what-it-says) [none](.github/docs/none.md) [web](https://a.b/c)
        [here](#one-page) ![picture](missing.png) `[not a link](x.md)`
        """);
    Files.writeString(
        page,
        """
        # What it says!
        [back](../../README.md#two-pages) and `food trian --data x` and `food serve --prot 1`
        ```bash
        FOOD_HEAP=1g examples/food train --data dataset \\
          --modle se_cnn   # --not-an-option
        examples/food data pack dataset --out a.zip && food doctor --jsn
        ```
        | `food evaluate --model MODEL\\|X [--tta 1\\|2] [--clibrate [--accept-accuracy 0.95]]` |
        """);
    assertThat(documents.brokenLinks())
        .containsExactly(
            "README.md: .github/docs/none.md",
            "README.md: missing.png",
            ".github/docs/page.md: ../../README.md#two-pages");
    assertThat(documents.unknownCalls(food, Set.of("--port")))
        .containsExactlyInAnyOrder(
            ".github/docs/page.md: --modle in food train --data dataset    --modle se_cnn",
            ".github/docs/page.md: --jsn in food doctor --jsn",
            ".github/docs/page.md: trian in food trian --data x",
            ".github/docs/page.md: --prot in food serve --prot 1",
            ".github/docs/page.md: --clibrate in food evaluate --model MODEL|X [--tta 1|2]"
                + " [--clibrate [--accept-accuracy 0.95]]");
    assertThat(Documents.undocumented(food, page))
        .contains("export", "data prepare", "bench step")
        .doesNotContain("train", "data", "data pack", "evaluate", "bench worker");
  }
}
