package org.food4j.data.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The classes in the order of a model's outputs: the content of {@code labels.json}, and the only
 * place from which any part of the library learns that order. Immutable.
 */
public final class Labels implements Iterable<Label> {
  private static final ObjectMapper JSON = CanonicalJson.MAPPER;

  private final List<Label> labels;

  /**
   * @throws IllegalArgumentException if an index is not the label's position or a name repeats
   */
  public Labels(List<Label> labels) {
    this.labels = List.copyOf(labels);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      Label label = labels.get(i);
      if (label.index() != i) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Label '%s' stands at position %d but says index %d",
                label.name(),
                i,
                label.index()));
      }
      if (!names.add(label.name())) {
        throw new IllegalArgumentException("Two labels are named '" + label.name() + "'");
      }
    }
  }

  /**
   * Labels of those names in that order, with display names made from them: underscores and hyphens
   * become spaces, words are capitalised.
   */
  public static Labels of(List<String> names) {
    List<Label> labels = new ArrayList<>();
    for (String name : names) {
      labels.add(new Label(labels.size(), name, displayName(name), Map.of()));
    }
    return new Labels(labels);
  }

  /**
   * Reads the classes of a model: {@code labels.json}, or a text file with a name a line, in the
   * order of the model's outputs. Text is in UTF-8.
   *
   * @param file JSON if its name ends in {@code .json}, else lines
   * @throws IllegalArgumentException if there is no such file
   * @throws DatasetException if its content is not as specified; the message names the line
   * @throws IOException if it cannot be read
   */
  public static Labels read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("There is no label file " + file);
    }
    try {
      String text = Files.readString(file);
      // spreadsheets put a byte order mark before UTF-8
      text = text.startsWith("\ufeff") ? text.substring(1) : text;
      boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
      return json ? fromJson(text) : of(names(text));
    } catch (CharacterCodingException e) {
      throw new DatasetException(file, "the text is not in UTF-8: save it so", e);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file, e.getMessage(), e);
    }
  }

  private static List<String> names(String text) {
    List<String> names = text.stripTrailing().lines().map(String::strip).toList();
    int blank = names.indexOf("");
    if (names.isEmpty() || blank >= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "line %d is empty: a list of labels has a name on each line, in the order of the model's outputs",
              Math.max(0, blank) + 1));
    }
    return names;
  }

  static String displayName(String name) {
    return java.util.Arrays.stream(name.strip().split("[_\\-\\s]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining(" "));
  }

  /** How many classes there are: the length of a row of logits. */
  public int size() {
    return labels.size();
  }

  /**
   * The label at an output's position.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public Label get(int index) {
    return labels.get(index);
  }

  /** The position of a name, if a label has it. */
  public OptionalInt indexOf(String name) {
    return labels.stream().filter(l -> l.name().equals(name)).mapToInt(Label::index).findFirst();
  }

  /** All labels in the order of the outputs, unmodifiable. */
  public List<Label> asList() {
    return labels;
  }

  @Override
  public Iterator<Label> iterator() {
    return labels.iterator();
  }

  /** The content of {@code labels.json}. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Document(labels)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A label's metadata has no JSON form: " + labels, e);
    }
  }

  /**
   * Reads {@link #toJson()}'s form.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static Labels fromJson(String json) {
    try {
      return new Labels(JSON.readValue(json, Document.class).labels());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a list of labels: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return labels.hashCode();
  }

  @Override
  public String toString() {
    return labels.stream().map(Label::name).toList().toString();
  }

  private record Document(@JsonProperty(required = true) List<Label> labels) {}
}
