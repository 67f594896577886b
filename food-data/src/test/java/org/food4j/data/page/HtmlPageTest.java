package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {
  private static HtmlPage page() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("optimizer", "AdamW & \"friends\"");
    facts.put("batch", "32");
    return new HtmlPage(
        "Run <1>",
        "of 3 & more",
        List.of(
            Section.of("summary", "Summary", Tile.grid(new Tile("Top-1", "41.2 %", "of 20"))),
            Section.ofFacts("recipe", "Recipe", "As resolved.", "Setting", facts)));
  }

  @Test
  void html_isWellFormedAndEscaped() throws Exception {
    ParsedMarkup parsed = ParsedMarkup.of(page().html());

    assertThat(parsed.texts("h1")).containsExactly("Run <1>");
    assertThat(parsed.texts("h2")).containsExactly("Summary", "Recipe");
    assertThat(parsed.attributes("a", "href")).containsExactly("#summary", "#recipe");
    assertThat(parsed.texts("td")).containsExactly("AdamW & \"friends\"", "32");
    assertThat(parsed.attributes("th", "scope")).containsExactly("col", "col", "row", "row");
  }

  @Test
  void html_loadsNothingAndRunsNothing() throws Exception {
    String html = page().html();

    assertThat(html).doesNotContain("http://", "https://", "//", "url(", "@import");
    ParsedMarkup parsed = ParsedMarkup.of(html);
    assertThat(parsed.elements("script")).isEmpty();
    assertThat(parsed.attributes("link", "href")).containsExactly("data:,");
    assertThat(parsed.attributes("meta", "content"))
        .anyMatch(c -> c.startsWith("default-src 'none'"));
  }

  @Test
  void write_replacesTheFileAndLeavesNothingBeside(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");

    page().write(file);

    assertThat(file).hasContent(page().html());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void write_intoAFolderThatDoesNotExist_fails(@TempDir Path folder) {
    assertThatThrownBy(() -> page().write(folder.resolve("none").resolve("report.html")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void page_withTheSameSectionTwice_isRefused() {
    Section section = Section.of("speed", "Speed");

    assertThatThrownBy(() -> new HtmlPage("Run", "", List.of(section, section)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'speed'");
  }

  @Test
  void section_withAnIdThatNoLinkCanName_isRefused() {
    assertThatThrownBy(() -> Section.of("My Speed", "Speed")).hasMessageContaining("'My Speed'");
    assertThatThrownBy(() -> Section.of("speed", " ")).hasMessageContaining("'speed'");
  }

  @Test
  void table_withARowOfTheWrongLength_isRefused() {
    Table table = new Table("Figures").text("Class").number("Recall");

    assertThatThrownBy(() -> table.row("Naan"))
        .hasMessageContaining("[Class, Recall]")
        .hasMessageContaining("1 cells");
  }

  @Test
  void shareBar_beyondTheWhole_isRefused() {
    assertThat(ShareBar.of(0.375, 0).toString()).contains("width:37.5%");
    assertThatThrownBy(() -> ShareBar.of(1.01, 0)).hasMessageContaining("1.01");
  }
}
