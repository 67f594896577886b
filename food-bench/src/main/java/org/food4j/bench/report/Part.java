package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;

/**
 * A part of a report, as a section of a page and as Markdown. Drawings are the page's alone. Not
 * thread-safe.
 */
final class Part {
  private final String id;
  private final String heading;
  private final List<Markup> page = new ArrayList<>();
  private final StringBuilder markdown = new StringBuilder();

  Part(String id, String heading) {
    this.id = id;
    this.heading = heading;
    markdown.append("## ").append(heading).append("\n\n");
  }

  /** The sentence that matters most. */
  Part verdict(String sentence) {
    page.add(Markup.paragraph(sentence).with("class", "verdict"));
    markdown.append("**").append(sentence).append("**\n\n");
    return this;
  }

  Part paragraph(String text) {
    page.add(Markup.paragraph(text));
    markdown.append(text).append("\n\n");
    return this;
  }

  /** What it takes to read the figures. */
  Part note(String text) {
    page.add(Markup.paragraph(text).with("class", "note"));
    markdown.append(text).append("\n\n");
    return this;
  }

  Part list(List<String> items) {
    page.add(
        Markup.element("ul")
            .add(items.stream().map(item -> Markup.element("li").add(item)).toList()));
    items.forEach(item -> markdown.append("- ").append(item).append('\n'));
    markdown.append('\n');
    return this;
  }

  Part table(TextTable table) {
    page.add(table.markup());
    markdown.append(table.markdown()).append('\n');
    return this;
  }

  /** Charts side by side, where they fit. */
  Part charts(List<Markup> charts) {
    page.add(Markup.block("cards", charts.toArray(Markup[]::new)));
    return this;
  }

  Section section() {
    return new Section(id, heading, page);
  }

  String markdown() {
    return markdown.toString();
  }
}
