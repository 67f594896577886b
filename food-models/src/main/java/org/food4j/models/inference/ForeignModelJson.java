package org.food4j.models.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;

/** {@link ForeignModel} as JSON. */
final class ForeignModelJson {
  private static final String LABELS = "labels";
  private static final String PREPROCESSING = "preprocessing";
  private static final String SIZE_FROM_FILE = "size_from_file";
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String SCORES = "scores";
  private static final Set<String> KEYS =
      Set.of(LABELS, PREPROCESSING, SIZE_FROM_FILE, INPUT, OUTPUT, SCORES);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ForeignModelJson() {}

  static String write(ForeignModel said) {
    ObjectNode document = JSON.createObjectNode();
    said.labels().ifPresent(labels -> document.set(LABELS, tree(labels.toJson())));
    said.preprocessing().ifPresent(steps -> document.set(PREPROCESSING, tree(steps.toJson())));
    if (said.sizeFromFile()) {
      document.put(SIZE_FROM_FILE, true);
    }
    said.input().ifPresent(name -> document.put(INPUT, name));
    said.output().ifPresent(name -> document.put(OUTPUT, name));
    said.scale().ifPresent(scale -> document.put(SCORES, key(scale)));
    return document.toString();
  }

  static ForeignModel read(String json) {
    JsonNode document = tree(json);
    if (!document.isObject()) {
      throw new IllegalArgumentException(
          "What is said of a model is a JSON object, not " + document);
    }
    Set<String> unknown = new HashSet<>();
    document.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Of a model are said %s, not %s".formatted(KEYS.stream().sorted().toList(), unknown));
    }
    return new ForeignModel(
        part(document, LABELS).map(JsonNode::toString).map(Labels::fromJson),
        part(document, PREPROCESSING).map(JsonNode::toString).map(Preprocessing::fromJson),
        document.path(SIZE_FROM_FILE).asBoolean(),
        part(document, INPUT).map(JsonNode::asText),
        part(document, OUTPUT).map(JsonNode::asText),
        part(document, SCORES).map(JsonNode::asText).map(ForeignModelJson::scale));
  }

  private static Optional<JsonNode> part(JsonNode document, String key) {
    return Optional.ofNullable(document.get(key));
  }

  private static ScoreScale scale(String key) {
    return Arrays.stream(ScoreScale.values())
        .filter(scale -> key(scale).equals(key))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> keys =
                  Arrays.stream(ScoreScale.values()).map(ForeignModelJson::key).toList();
              return new IllegalArgumentException(
                  "The scores are one of %s, not '%s'".formatted(keys, key));
            });
  }

  private static String key(ScoreScale scale) {
    return scale.name().toLowerCase(Locale.ROOT);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "What is said of a model is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
