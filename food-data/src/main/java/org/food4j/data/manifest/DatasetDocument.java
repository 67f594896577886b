package org.food4j.data.manifest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.food4j.data.scan.Rejection;

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
  static final int VERSION = 2;

  /** Photos of the whole data set, or of one class. */
  record Counts(
      int found,
      int rejected,
      int underSampled,
      int kept,
      int copies,
      int train,
      int validation,
      int test) {
    static Counts of(
        List<ManifestEntry> entries, List<Rejection> rejected, List<Rejection> underSampled) {
      int copies = (int) entries.stream().filter(ManifestEntry::isCopy).count();
      int kept = entries.size() - copies;
      int leftOut = rejected.size() + underSampled.size();
      return new Counts(
          kept + leftOut,
          leftOut,
          underSampled.size(),
          kept,
          copies,
          count(entries, Split.TRAIN),
          count(entries, Split.VALIDATION),
          count(entries, Split.TEST));
    }

    private static int count(List<ManifestEntry> entries, Split split) {
      return (int) entries.stream().filter(e -> e.split() == split).count();
    }
  }

  record ClassCounts(String name, @JsonUnwrapped Counts counts) {
    static ClassCounts of(Label label, DatasetContent content) {
      return new ClassCounts(
          label.name(),
          Counts.of(
              content.entries().stream().filter(e -> e.label() == label.index()).toList(),
              ofClass(label, content.rejected()),
              ofClass(label, content.underSampled())));
    }

    private static List<Rejection> ofClass(Label label, List<Rejection> rejections) {
      return rejections.stream().filter(r -> r.path().startsWith(label.name() + "/")).toList();
    }
  }

  static DatasetDocument of(DatasetContent content, String fingerprint, Map<String, String> files) {
    return new DatasetDocument(
        FORMAT,
        VERSION,
        content.photoRoot().toString(),
        content.settings(),
        content.seed(),
        Counts.of(content.entries(), content.rejected(), content.underSampled()),
        content.labels().asList().stream().map(label -> ClassCounts.of(label, content)).toList(),
        fingerprint,
        files);
  }

  String toJson() {
    try {
      return CanonicalJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A setting has no JSON form: " + settings, e);
    }
  }

  /**
   * Checks that the text is a commit record of whatever version: what may be replaced.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void requireFormat(String json) {
    try {
      requireFormat(CanonicalJson.MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw noRecord(e);
    }
  }

  private static void requireFormat(JsonNode node) {
    if (!FORMAT.equals(node.path("format").asText())) {
      throw new IllegalArgumentException(
          "not a Food4J data set: \"format\" is not \"%s\"".formatted(FORMAT));
    }
  }

  private static IllegalArgumentException noRecord(JsonProcessingException e) {
    return new IllegalArgumentException(
        "not a data set's commit record: " + e.getOriginalMessage(), e);
  }

  /**
   * @throws IllegalArgumentException if the text is no commit record, or one of another version
   */
  static DatasetDocument fromJson(String json) {
    try {
      JsonNode node = CanonicalJson.MAPPER.readTree(json);
      requireFormat(node);
      int version = node.path("version").asInt();
      if (version != VERSION) {
        boolean older = version >= 1 && version < VERSION;
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "format version %s is %s, this library reads version %d: %s",
                node.path("version"),
                older ? "an older one's" : "unknown",
                VERSION,
                older
                    ? "prepare the data set again"
                    : "use a newer library, or prepare the data set again"));
      }
      return CanonicalJson.MAPPER.treeToValue(node, DatasetDocument.class);
    } catch (JsonProcessingException e) {
      throw noRecord(e);
    }
  }
}
