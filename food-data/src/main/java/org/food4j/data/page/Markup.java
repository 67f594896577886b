package org.food4j.data.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A piece of HTML or SVG: text, an element, or several in a row. Immutable.
 *
 * <p>Text and attribute values are escaped on the way out and there is no way to pass source
 * through, so a label named {@code <script>} stays a label. The source is HTML and well-formed XML
 * alike.
 */
public final class Markup {
  private static final Set<String> VOID = Set.of("br", "img", "link", "meta");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

  private final String name;
  private final String text;
  private final List<String> attributes;
  private final List<Markup> children;

  private Markup(String name, String text, List<String> attributes, List<Markup> children) {
    this.name = name;
    this.text = text;
    this.attributes = attributes;
    this.children = children;
  }

  /** Text as it is to be read. */
  public static Markup text(String text) {
    return new Markup("", text, List.of(), List.of());
  }

  /**
   * An element without content.
   *
   * @throws IllegalArgumentException if the name is not one of an element
   */
  public static Markup element(String name) {
    return new Markup(checked(name), "", List.of(), List.of());
  }

  /** Pieces one after the other, without an element around them. */
  public static Markup group(Markup... pieces) {
    return new Markup("", "", List.of(), List.of(pieces));
  }

  /** A paragraph of plain text. */
  public static Markup paragraph(String text) {
    return element("p").add(text);
  }

  /** A {@code div} of that style class around the pieces. */
  public static Markup block(String styleClass, Markup... pieces) {
    return element("div").with("class", styleClass).add(pieces);
  }

  /** This element with one more attribute. */
  public Markup with(String attribute, String value) {
    if (name.isEmpty()) {
      throw new IllegalStateException("Text has no attributes: " + attribute);
    }
    List<String> more = new ArrayList<>(attributes);
    more.add(checked(attribute));
    more.add(value);
    return new Markup(name, text, List.copyOf(more), children);
  }

  /** This element with one more attribute: a number, to a hundredth. */
  public Markup with(String attribute, double value) {
    return with(attribute, decimal(value));
  }

  /** This element with a position or length in SVG: that share of the whole drawing. */
  Markup withShare(String attribute, double share) {
    return with(attribute, decimal(100 * share) + "%");
  }

  /** This element as wide as that share, 0 to 1, of what surrounds it. */
  public Markup withWidth(double share) {
    return with("style", "width:" + decimal(100 * share) + "%");
  }

  /** This element with text at its end. */
  public Markup add(String more) {
    return add(text(more));
  }

  /** This element with pieces at its end. */
  public Markup add(Markup... more) {
    return add(List.of(more));
  }

  /** This element with pieces at its end. */
  public Markup add(List<Markup> more) {
    if (VOID.contains(name)) {
      throw new IllegalStateException("<" + name + "> has no content");
    }
    List<Markup> all = new ArrayList<>(children);
    all.addAll(more);
    return new Markup(name, text, attributes, List.copyOf(all));
  }

  /** The source: HTML, and well-formed XML. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    if (!name.isEmpty()) {
      out.append('<').append(name);
      for (int i = 0; i < attributes.size(); i += 2) {
        out.append(' ').append(attributes.get(i)).append("=\"");
        escape(attributes.get(i + 1), out);
        out.append('"');
      }
      out.append(VOID.contains(name) ? "/>" : ">");
    }
    escape(text, out);
    for (Markup child : children) {
      child.write(out);
    }
    if (!name.isEmpty() && !VOID.contains(name)) {
      out.append("</").append(name).append('>');
    }
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(isXml(text, i) ? c : '\uFFFD');
      }
    }
  }

  /** File names may hold control characters or half a surrogate pair, which no XML may. */
  private static boolean isXml(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return (c >= ' ' || c == '\t' || c == '\n' || c == '\r') && c < '\uFFFE';
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' names no element or attribute: letters, digits and hyphens do");
    }
    return name;
  }

  private static String decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("A position on a page is a finite number, not " + value);
    }
    String fixed = String.format(Locale.ROOT, "%.2f", value);
    String brief = fixed.replaceFirst("\\.?0+$", "");
    return brief.equals("-0") ? "0" : brief;
  }
}
