package org.food4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java code of the documents is that of programs which are compiled and run. */
class DocumentsTest {
  /** Surefire runs in the module's folder. */
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** The front page, and the pages behind it. */
  static Stream<Path> documents() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    Path folder = ROOT.resolve(".github/docs");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .map(ROOT::relativize)
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void document_everyJavaBlock_isARegionOfASample(Path document) throws IOException {
    Snippets page = Snippets.ofPage(Files.readAllLines(ROOT.resolve(document)));
    assertThat(page.unmarked())
        .as(
            "Java blocks of %s that no <!-- region: NAME --> stands around: make them a region of a program in examples",
            document)
        .isEmpty();
    Map<String, List<String>> code = regionsOfExamples();
    page.regions()
        .forEach(
            (name, lines) ->
                assertThat(lines).as("%s, region '%s'", document, name).isEqualTo(code.get(name)));
  }

  @Test
  void readme_hasARegion() throws IOException {
    assertThat(Snippets.ofPage(Files.readAllLines(ROOT.resolve("README.md"))).regions())
        .containsKey("classify a photo");
  }

  @Test
  void page_withEveryFault_reportsEach() {
    Snippets page =
        Snippets.ofPage(
            List.of(
                "<!-- region: one -->",
                "```java",
                "a();",
                "",
                "  b();",
                "```",
                "<!-- end region -->",
                "```bash",
                "ls",
                "```",
                "```java",
                "c();",
                "d();",
                "```"));
    assertThat(page.regions()).containsOnly(Map.entry("one", List.of("a();", "b();")));
    assertThat(page.unmarked()).containsExactly("c();");
  }

  @Test
  void java_regionInTwoParts_isOneSnippet() {
    Snippets file =
        Snippets.ofJava(
            List.of(
                "// region: one",
                "import a;",
                "// end region",
                "class A {",
                "  // region: one",
                "  a();",
                "  // end region",
                "}"));
    assertThat(file.regions()).containsOnly(Map.entry("one", List.of("import a;", "a();")));
  }

  /** Regions of all programs under {@code examples}; a name is taken once. */
  private static Map<String, List<String>> regionsOfExamples() throws IOException {
    Map<String, List<String>> regions = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
      for (Path file : files.filter(DocumentsTest::isProgram).sorted().toList()) {
        Snippets.ofJava(Files.readAllLines(file))
            .regions()
            .forEach(
                (name, lines) ->
                    assertThat(regions.put(name, lines))
                        .as("Region '%s' of %s is also another file's", name, file)
                        .isNull());
      }
    }
    return regions;
  }

  private static boolean isProgram(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/java/") && path.endsWith(".java");
  }
}
