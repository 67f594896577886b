package org.food4j.data.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.food4j.data.file.AtomicFile;

/**
 * A whole page: a header, a table of contents, and sections from any number of modules.
 *
 * @param title for the header and the window
 * @param subtitle one line below the title
 * @param sections in the order of reading
 */
public record HtmlPage(String title, String subtitle, List<Section> sections) {
  private static final String STYLE = style();

  /** What the page may load: its own style sheet and its own photos. Nothing else, no script. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  /**
   * Copies the sections.
   *
   * @throws IllegalArgumentException if two of them have the same id
   */
  public HtmlPage {
    sections = List.copyOf(sections);
    Set<String> ids = new HashSet<>();
    for (Section section : sections) {
      if (!ids.add(section.id())) {
        throw new IllegalArgumentException(
            "Two sections of the page '%s' have the id '%s'".formatted(title, section.id()));
      }
    }
  }

  /**
   * The page with one section more, at its end.
   *
   * @throws IllegalArgumentException if the page has a section of that id
   */
  public HtmlPage with(Section section) {
    List<Section> all = new ArrayList<>(sections);
    all.add(section);
    return new HtmlPage(title, subtitle, all);
  }

  /** The file's content. */
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
        + head()
        + "<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + header()
        + "\n"
        + body()
        + "\n</body>\n</html>\n";
  }

  /**
   * Writes the page beside its place and moves it there, so that a reader never sees half of it.
   *
   * @param file replaced if it exists
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, html());
  }

  private Markup head() {
    return Markup.group(
        Markup.element("meta").with("charset", "utf-8"),
        Markup.element("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", POLICY),
        Markup.element("meta")
            .with("name", "viewport")
            .with("content", "width=device-width, initial-scale=1"),
        Markup.element("meta").with("name", "color-scheme").with("content", "light dark"),
        // Without it browsers ask a server for /favicon.ico.
        Markup.element("link").with("rel", "icon").with("href", "data:,"),
        Markup.element("title").add(title));
  }

  private Markup header() {
    Markup contents = Markup.element("ol");
    for (Section section : sections) {
      contents =
          contents.add(
              Markup.element("li")
                  .add(
                      Markup.element("a").with("href", "#" + section.id()).add(section.heading())));
    }
    return Markup.element("header")
        .add(
            Markup.element("h1").add(title),
            Markup.paragraph(subtitle),
            Markup.element("nav").with("aria-label", "Contents").add(contents));
  }

  private Markup body() {
    Markup main = Markup.element("main");
    for (Section section : sections) {
      String headingId = section.id() + "-heading";
      main =
          main.add(
              Markup.element("section")
                  .with("id", section.id())
                  .with("aria-labelledby", headingId)
                  .add(Markup.element("h2").with("id", headingId).add(section.heading()))
                  .add(section.content()));
    }
    return main;
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("page.css is missing beside " + HtmlPage.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("page.css cannot be read", e);
    }
  }
}
