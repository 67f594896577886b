package org.food4j.data.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The content of {@code dataset.json}; the package's description says what each field holds. */
record DatasetDocument(
    String format,
    int version,
    String photoRoot,
    Map<String, Object> settings,
    long seed,
    Counts counts,
    List<ClassCounts> classes,
    String fingerprint,
    Map<String, String> files) {
  static final String FORMAT = "food4j-dataset";
  static final int VERSION = 1;

  record Counts(int classes, int kept, int rejected, int train, int validation, int test) {}

  record ClassCounts(
      String name, int kept, int rejected, int copies, int train, int validation, int test) {}

  static DatasetDocument of(DatasetContent content, String fingerprint, Map<String, String> files) {
    List<ClassCounts> classes = new ArrayList<>();
    for (Label label : content.labels()) {
      List<ManifestEntry> entries =
          content.entries().stream().filter(e -> e.label() == label.index()).toList();
      int copies = (int) entries.stream().filter(ManifestEntry::isCopy).count();
      int rejected =
          (int)
              content.rejected().stream()
                  .filter(r -> r.path().startsWith(label.name() + "/"))
                  .count();
      classes.add(
          new ClassCounts(
              label.name(),
              entries.size() - copies,
              rejected,
              copies,
              count(entries, Split.TRAIN),
              count(entries, Split.VALIDATION),
              count(entries, Split.TEST)));
    }
    List<ManifestEntry> entries = content.entries();
    Counts counts =
        new Counts(
            classes.size(),
            classes.stream().mapToInt(ClassCounts::kept).sum(),
            content.rejected().size(),
            count(entries, Split.TRAIN),
            count(entries, Split.VALIDATION),
            count(entries, Split.TEST));
    return new DatasetDocument(
        FORMAT,
        VERSION,
        content.photoRoot().toString(),
        content.settings(),
        content.seed(),
        counts,
        classes,
        fingerprint,
        files);
  }

  private static int count(List<ManifestEntry> entries, Split split) {
    return (int) entries.stream().filter(e -> e.split() == split).count();
  }

  String toJson() {
    try {
      return CanonicalJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A setting has no JSON form: " + settings, e);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is no commit record, or one of another version
   */
  static DatasetDocument fromJson(String json) {
    try {
      JsonNode node = CanonicalJson.MAPPER.readTree(json);
      if (!FORMAT.equals(node.path("format").asText())) {
        throw new IllegalArgumentException(
            "not a Food4J data set: \"format\" is not \"%s\"".formatted(FORMAT));
      }
      if (node.path("version").asInt() != VERSION) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "format version %s is unknown, this library reads version %d: prepare the data set again",
                node.path("version"),
                VERSION));
      }
      return CanonicalJson.MAPPER.treeToValue(node, DatasetDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a data set's commit record: " + e.getOriginalMessage(), e);
    }
  }
}
