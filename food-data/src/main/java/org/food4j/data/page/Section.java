package org.food4j.data.page;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A part of a page, made by whichever module knows about its subject.
 *
 * @param id the target of a link to it, unique on its page: lower-case letters, digits, hyphens
 * @param heading for people; also the entry in the page's table of contents
 * @param content in the order of reading
 */
public record Section(String id, String heading, List<Markup> content) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  /**
   * Copies the content.
   *
   * @throws IllegalArgumentException if the id has other characters than lower-case letters, digits
   *     and hyphens, or the heading is blank
   */
  public Section {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A section's id is of lower-case letters, digits and hyphens, not '" + id + "'");
    }
    if (heading.isBlank()) {
      throw new IllegalArgumentException("Section '" + id + "' has no heading");
    }
    content = List.copyOf(content);
  }

  /** A section of those pieces. */
  public static Section of(String id, String heading, Markup... content) {
    return new Section(id, heading, List.of(content));
  }

  /**
   * A section that is a table of names and values in the map's order: a recipe, an environment.
   *
   * @param name what a row's name is, {@code "Setting"} for example
   */
  public static Section ofFacts(
      String id, String heading, String introduction, String name, Map<String, String> facts) {
    Table table = new Table(heading).text(name).text("Value");
    facts.forEach(table::row);
    return of(id, heading, Markup.paragraph(introduction), table.markup());
  }
}
