package org.food4j.data.manifest;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What a user says about the classes: display names, metadata, their order. The package's
 * description specifies the file, field by field.
 *
 * @param entries what is said about each class; empty if there is no such file
 */
public record LabelFile(List<Entry> entries) {
  /** Says nothing: classes in alphabetical order, display names made from the folders' names. */
  public static final LabelFile NONE = new LabelFile(List.of());

  /**
   * What is said about one class.
   *
   * @param name the class folder's
   * @param displayName for people; empty to make one from the name
   * @param index position in the model's output, from 0; empty for alphabetical order
   * @param metadata anything that travels with the label, in order
   */
  public record Entry(
      String name, Optional<String> displayName, OptionalInt index, Map<String, Object> metadata) {}

  /** Copies the entries. */
  public LabelFile {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file in JSON or CSV, told by its name's ending.
   *
   * @throws IllegalArgumentException if there is no such file, or its name ends in neither {@code
   *     .json} nor {@code .csv}
   * @throws DatasetException if its content is not as specified; the message names the place
   * @throws IOException if it cannot be read
   */
  public static LabelFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("There is no label file " + file);
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".json") && !name.endsWith(".csv")) {
      throw new IllegalArgumentException(
          "A label file is JSON or CSV and named so (.json, .csv), not " + file);
    }
    try {
      String text = Files.readString(file);
      // spreadsheets put a byte order mark before UTF-8
      text = text.startsWith("\ufeff") ? text.substring(1) : text;
      return new LabelFile(
          name.endsWith(".json") ? LabelFileText.json(text) : LabelFileText.csv(text));
    } catch (CharacterCodingException e) {
      throw new DatasetException(file, "the text is not in UTF-8: save it so", e);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file, e.getMessage(), e);
    }
  }

  /**
   * The labels of these classes. Names are compared in Unicode's composed form, because file
   * systems take names apart (é as e and an accent) and editors do not; the label keeps the
   * folder's spelling.
   *
   * @param classes the class folders' names, in alphabetical order
   * @throws IllegalArgumentException if the file is about other classes, leaves some out, names one
   *     twice, or its indexes are not 0, 1, 2 and so on; the message lists all of it
   */
  public Labels labels(List<String> classes) {
    if (entries.isEmpty()) {
      return Labels.of(classes);
    }
    Map<String, Entry> byName = new HashMap<>();
    TreeSet<String> repeated = new TreeSet<>();
    for (Entry entry : entries) {
      if (byName.put(composed(entry.name()), entry) != null) {
        repeated.add(entry.name());
      }
    }
    List<String> composed = classes.stream().map(LabelFile::composed).toList();
    List<String> problems = new ArrayList<>();
    problem(problems, "no class folder is named", unknown(composed));
    problem(
        problems,
        "nothing is said about",
        classes.stream().filter(name -> !byName.containsKey(composed(name))).toList());
    problem(problems, "named twice:", List.copyOf(repeated));
    if (problems.isEmpty()) {
      indexProblem().ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The label file and the class folders do not fit: %s. A label file names each class folder once"
              .formatted(String.join("; ", problems)));
    }
    List<String> order = new ArrayList<>(classes);
    order.sort(Comparator.comparingInt(name -> byName.get(composed(name)).index().orElse(0)));
    List<Label> labels = new ArrayList<>();
    for (String name : order) {
      Entry entry = byName.get(composed(name));
      labels.add(
          new Label(
              labels.size(),
              name,
              entry.displayName().orElseGet(() -> Labels.displayName(name)),
              entry.metadata()));
    }
    return new Labels(labels);
  }

  private List<String> unknown(List<String> composedClasses) {
    return entries.stream()
        .map(Entry::name)
        .filter(name -> !composedClasses.contains(composed(name)))
        .distinct()
        .toList();
  }

  private Optional<String> indexProblem() {
    List<Integer> indexes =
        entries.stream().flatMapToInt(entry -> entry.index().stream()).sorted().boxed().toList();
    List<Integer> wanted = java.util.stream.IntStream.range(0, entries.size()).boxed().toList();
    return indexes.isEmpty() || indexes.equals(wanted)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "indexes are given to all classes, 0 to %d each once, or to none; these are %s",
                entries.size() - 1,
                indexes));
  }

  private static void problem(List<String> problems, String what, List<String> names) {
    if (!names.isEmpty()) {
      problems.add(what + " " + String.join(", ", names));
    }
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
