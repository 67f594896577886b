package org.food4j.cli.triton;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads protobuf's text format as its language specification has it, as far as messages, lists,
 * strings, numbers and names go: the outside judge of a file that only a server would read.
 */
public final class TextFormat {
  private final String text;
  private int at;

  private TextFormat(String text) {
    this.text = text;
  }

  /** Fields by name, each with all its values: {@code String}, {@code Long} or a message. */
  public static Map<String, List<Object>> read(String text) {
    TextFormat reading = new TextFormat(text);
    Map<String, List<Object>> message = reading.message('\0');
    return message;
  }

  private Map<String, List<Object>> message(char end) {
    Map<String, List<Object>> fields = new LinkedHashMap<>();
    while (true) {
      skipSpace();
      if (at == text.length() ? end == '\0' : text.charAt(at) == end) {
        at++;
        return fields;
      }
      String name = word();
      skipSpace();
      boolean colon = take(':');
      skipSpace();
      List<Object> values = fields.computeIfAbsent(name, field -> new ArrayList<>());
      if (take('[')) {
        skipSpace();
        while (!take(']')) {
          values.add(value(colon));
          skipSpace();
          if (!take(',') && text.charAt(at) != ']') {
            throw wrong("',' or ']'");
          }
          skipSpace();
          if (text.charAt(at - 1) == ',' && text.charAt(at) == ']') {
            throw wrong("a value after ','");
          }
        }
      } else {
        values.add(value(colon));
      }
      skipSpace();
      if (!take(',')) {
        take(';');
      }
    }
  }

  private Object value(boolean colon) {
    skipSpace();
    if (take('{')) {
      return message('}');
    }
    if (!colon) {
      throw wrong("':' before a scalar");
    }
    if (text.charAt(at) == '"') {
      return string();
    }
    String word = word();
    return word.matches("-?[0-9]+") ? (Object) Long.valueOf(word) : new Name(word);
  }

  /** An enumerator or a boolean. */
  public record Name(String name) {}

  private String word() {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (from == at) {
      throw wrong("a name or a number");
    }
    return text.substring(from, at);
  }

  private String string() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c < ' ' || c > '~') {
        throw wrong("printable ASCII in a literal");
      }
      if (c != '\\') {
        bytes.write(c);
      } else if (text.substring(at + 1, at + 4).matches("[0-3][0-7]{2}")) {
        bytes.write(Integer.parseInt(text.substring(at + 1, at + 4), 8));
        at += 3;
      } else {
        at++;
        if ("\"\\".indexOf(text.charAt(at)) < 0) {
          throw wrong("a known escape");
        }
        bytes.write(text.charAt(at));
      }
    }
    at++;
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "Expected %s at '%s'"
            .formatted(expected, text.substring(at, Math.min(text.length(), at + 20))));
  }
}
