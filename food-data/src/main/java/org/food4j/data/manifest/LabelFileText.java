package org.food4j.data.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.food4j.data.file.Csv;

/** The two texts of a {@link LabelFile}. */
final class LabelFileText {
  private static final String NAME = "name";
  private static final String DISPLAY_NAME = "display_name";
  private static final String INDEX = "index";
  private static final String METADATA = "metadata";

  private static final ObjectReader JSON =
      CanonicalJson.MAPPER.reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** A number as JSON writes it: no leading zeros, which article codes have. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private LabelFileText() {}

  /**
   * @throws IllegalArgumentException if the text is not as specified; the message lists all
   *     problems
   */
  static List<LabelFile.Entry> json(String text) {
    JsonNode labels;
    try {
      JsonNode document = JSON.readTree(text);
      labels = document.path("labels");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "not JSON: line %d: %s",
              e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
              e.getOriginalMessage()),
          e);
    }
    if (!labels.isArray() || labels.isEmpty()) {
      throw new IllegalArgumentException(
          "a JSON label file is an object {\"labels\": [...]} with an object per class in the list");
    }
    List<String> problems = new ArrayList<>();
    List<LabelFile.Entry> entries = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      entry(labels.get(i), "label " + (i + 1), problems).ifPresent(entries::add);
    }
    return checked(entries, problems);
  }

  private static Optional<LabelFile.Entry> entry(
      JsonNode node, String place, List<String> problems) {
    String name = node.path(NAME).asText();
    String where = name.isBlank() ? place : place + " (" + name + ")";
    int before = problems.size();
    if (!node.path(NAME).isTextual() || name.isBlank()) {
      problems.add(where + ": name is a text that is not empty");
    }
    if (node.has(DISPLAY_NAME) && !node.get(DISPLAY_NAME).isTextual()) {
      problems.add(where + ": display_name is a text");
    }
    if (node.has(INDEX) && !(node.get(INDEX).isInt() && node.get(INDEX).asInt() >= 0)) {
      problems.add(where + ": index is a whole number from 0");
    }
    if (node.has(METADATA) && !node.get(METADATA).isObject()) {
      problems.add(where + ": metadata is an object");
    }
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!Set.of(NAME, DISPLAY_NAME, INDEX, METADATA).contains(key)) {
        problems.add(
            "%s: there is no key '%s', only name, display_name, index, metadata: what is free goes into metadata"
                .formatted(where, key));
      }
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new LabelFile.Entry(
            name,
            Optional.of(node.path(DISPLAY_NAME).asText()).filter(text -> !text.isBlank()),
            node.has(INDEX) ? OptionalInt.of(node.get(INDEX).asInt()) : OptionalInt.empty(),
            CanonicalJson.MAPPER.convertValue(
                node.has(METADATA) ? node.get(METADATA) : Map.of(), new TypeReference<>() {})));
  }

  /**
   * @throws IllegalArgumentException if the text is not as specified; the message lists all
   *     problems
   */
  static List<LabelFile.Entry> csv(String text) {
    List<Csv.Row> rows = Csv.read(text).stream().filter(row -> !isBlank(row)).toList();
    List<String> heading =
        rows.isEmpty() ? List.of() : rows.get(0).fields().stream().map(String::strip).toList();
    if (!heading.contains(NAME)) {
      throw new IllegalArgumentException(
          "line 1: a CSV label file has a heading with the column name, separated by commas, not: "
              + String.join(",", heading));
    }
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String column : heading) {
      if (column.isEmpty()) {
        problems.add("line 1: a column has no name");
      } else if (!seen.add(column)) {
        problems.add("line 1: two columns are named " + column);
      }
    }
    List<LabelFile.Entry> entries = new ArrayList<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      if (row.fields().size() != heading.size()) {
        problems.add(
            String.format(
                Locale.ROOT,
                "line %d: %d columns, the heading has %d",
                row.line(),
                row.fields().size(),
                heading.size()));
      } else {
        entry(heading, row, problems).ifPresent(entries::add);
      }
    }
    return checked(entries, problems);
  }

  private static boolean isBlank(Csv.Row row) {
    return row.fields().stream().allMatch(String::isBlank);
  }

  private static Optional<LabelFile.Entry> entry(
      List<String> heading, Csv.Row row, List<String> problems) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    Map<String, String> own = new LinkedHashMap<>();
    for (int i = 0; i < heading.size(); i++) {
      String cell = row.fields().get(i).strip();
      if (cell.isEmpty()) {
        continue;
      }
      if (Set.of(NAME, DISPLAY_NAME, INDEX).contains(heading.get(i))) {
        own.put(heading.get(i), cell);
      } else {
        metadata.put(heading.get(i), value(cell));
      }
    }
    int before = problems.size();
    if (!own.containsKey(NAME)) {
      problems.add("line " + row.line() + ": the name is empty");
    }
    String index = own.get(INDEX);
    if (index != null && !index.matches("[0-9]{1,9}")) {
      problems.add("line " + row.line() + ": index is a whole number from 0, not " + index);
    }
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(
            new LabelFile.Entry(
                own.get(NAME),
                Optional.ofNullable(own.get(DISPLAY_NAME)),
                index == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(index)),
                metadata));
  }

  private static Object value(String cell) {
    if (!NUMBER.matcher(cell).matches()) {
      return cell;
    }
    try {
      return CanonicalJson.MAPPER.readValue(cell, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A number in JSON's form: " + cell, e);
    }
  }

  private static List<LabelFile.Entry> checked(
      List<LabelFile.Entry> entries, List<String> problems) {
    if (problems.isEmpty() && entries.isEmpty()) {
      problems.add("there is no class in it");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return entries;
  }
}
