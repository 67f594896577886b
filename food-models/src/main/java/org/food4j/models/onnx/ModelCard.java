package org.food4j.models.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;

/**
 * What a model file says about itself: enough to take a photo in and give labelled probabilities
 * out, without any other file. Immutable. The text form is specified in the package's description.
 *
 * @param labels the classes in the order of the logits
 * @param preprocessing how a photo becomes the network's input
 * @param temperature logits are divided by it before the softmax (Guo et al. 2017, "On Calibration
 *     of Modern Neural Networks"), above 0; 1 leaves them alone
 * @param threshold a highest probability below it means "none of these", 0 to 1, after the
 *     temperature; absent when the model has none and always answers
 * @param provenance where the weights come from, in the order given
 */
public record ModelCard(
    Labels labels,
    Preprocessing preprocessing,
    double temperature,
    OptionalDouble threshold,
    Map<String, String> provenance) {
  static final String PREFIX = "food4j.";
  static final String FORMAT = "1";

  private static final String VERSION = PREFIX + "version";
  private static final String LABELS = PREFIX + "labels";
  private static final String PREPROCESSING = PREFIX + "preprocessing";
  private static final String TEMPERATURE = PREFIX + "temperature";
  private static final String THRESHOLD = PREFIX + "threshold";
  private static final String PROVENANCE = PREFIX + "provenance";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * Copies the provenance, in its order.
   *
   * @throws IllegalArgumentException if temperature or threshold is outside its range
   */
  public ModelCard {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("A temperature is above 0, not " + temperature);
    }
    if (threshold.isPresent() && !(threshold.getAsDouble() >= 0 && threshold.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "A threshold is a probability from 0 to 1, not " + threshold.getAsDouble());
    }
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** A card with temperature 1, no threshold and no provenance. */
  public static ModelCard of(Labels labels, Preprocessing preprocessing) {
    return new ModelCard(labels, preprocessing, 1, OptionalDouble.empty(), Map.of());
  }

  /** This card with another temperature. */
  public ModelCard withTemperature(double temperature) {
    return new ModelCard(labels, preprocessing, temperature, threshold, provenance);
  }

  /** This card with a threshold. */
  public ModelCard withThreshold(double threshold) {
    return withThreshold(OptionalDouble.of(threshold));
  }

  /** This card with another threshold, or without one. */
  public ModelCard withThreshold(OptionalDouble threshold) {
    return new ModelCard(labels, preprocessing, temperature, threshold, provenance);
  }

  /**
   * Whether an answer counts.
   *
   * @param probability the highest of a photo's, 0 to 1, after the temperature
   * @return false if it is below the threshold; the answer is then "none of these"
   */
  public boolean accepts(double probability) {
    return threshold.isEmpty() || probability >= threshold.getAsDouble();
  }

  /** This card with another provenance, which replaces the one it had. */
  public ModelCard withProvenance(Map<String, String> provenance) {
    return new ModelCard(labels, preprocessing, temperature, threshold, provenance);
  }

  /** The card as an ONNX file's {@code metadata_props}, in a fixed order. */
  public Map<String, String> toMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION, FORMAT);
    metadata.put(LABELS, labels.toJson());
    metadata.put(PREPROCESSING, preprocessing.toJson());
    metadata.put(TEMPERATURE, Double.toString(temperature));
    threshold.ifPresent(value -> metadata.put(THRESHOLD, Double.toString(value)));
    if (!provenance.isEmpty()) {
      try {
        metadata.put(PROVENANCE, JSON.writeValueAsString(provenance));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Strings always have a JSON form", e);
      }
    }
    return metadata;
  }

  /** Whether metadata holds a card, of whatever version and content. */
  public static boolean isIn(Map<String, String> metadata) {
    return metadata.containsKey(VERSION);
  }

  /**
   * Reads {@link #toMetadata()}'s form; keys of others are ignored.
   *
   * @throws IllegalArgumentException if a key is missing or its value is not as specified; the
   *     message names all of them
   */
  public static ModelCard fromMetadata(Map<String, String> metadata) {
    String version = metadata.get(VERSION);
    if (version == null) {
      throw new IllegalArgumentException(
          "no metadata key '%s' (found: %s); write the file with OnnxModelFile or 'food export', or say what it lacks (--labels, --preprocessing)"
              .formatted(VERSION, metadata.keySet().stream().sorted().toList()));
    }
    if (!version.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "metadata of version %s, while this library reads version %s; use a newer library"
              .formatted(version, FORMAT));
    }
    Reader reader = new Reader(metadata, new ArrayList<>());
    Optional<Labels> labels = reader.read(LABELS, Labels::fromJson);
    Optional<Preprocessing> preprocessing = reader.read(PREPROCESSING, Preprocessing::fromJson);
    double temperature =
        metadata.containsKey(TEMPERATURE)
            ? reader.read(TEMPERATURE, Double::parseDouble).orElse(1.0)
            : 1;
    OptionalDouble threshold =
        metadata.containsKey(THRESHOLD)
            ? reader
                .read(THRESHOLD, text -> OptionalDouble.of(Double.parseDouble(text)))
                .orElse(OptionalDouble.empty())
            : OptionalDouble.empty();
    Map<String, String> provenance =
        metadata.containsKey(PROVENANCE)
            ? reader.read(PROVENANCE, ModelCard::strings).orElse(Map.of())
            : Map.of();
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reader.problems));
    }
    return new ModelCard(
        labels.orElseThrow(), preprocessing.orElseThrow(), temperature, threshold, provenance);
  }

  private static Map<String, String> strings(String json) {
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Not a JSON object of strings: " + e.getOriginalMessage(), e);
    }
  }

  /** Reads values and collects what is wrong with them. */
  private record Reader(Map<String, String> metadata, List<String> problems) {
    <T> Optional<T> read(String key, Function<String, T> parse) {
      String text = metadata.get(key);
      if (text == null) {
        problems.add("no metadata key '%s'".formatted(key));
        return Optional.empty();
      }
      try {
        return Optional.of(parse.apply(text));
      } catch (IllegalArgumentException e) {
        problems.add("metadata key '%s': %s".formatted(key, e.getMessage()));
        return Optional.empty();
      }
    }
  }
}
