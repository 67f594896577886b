package org.food4j.data.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import org.food4j.data.manifest.CanonicalJson;

/** The content of {@code pack.json}; the package's description says what each field holds. */
record PackDocument(
    String format,
    int version,
    String datasetFingerprint,
    PackSummary.Counts counts,
    Map<String, String> files) {
  static final String NAME = "pack.json";
  private static final String FORMAT = "food4j-pack";
  private static final int VERSION = 1;

  static PackDocument of(String fingerprint, PackSummary.Counts counts, Map<String, String> files) {
    return new PackDocument(FORMAT, VERSION, fingerprint, counts, files);
  }

  String toJson() {
    try {
      return CanonicalJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Text and numbers always have a JSON form", e);
    }
  }

  /** Whether a text is a {@code pack.json}, of whatever version. */
  static boolean isOne(String json) {
    try {
      return FORMAT.equals(CanonicalJson.MAPPER.readTree(json).path("format").asText());
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
