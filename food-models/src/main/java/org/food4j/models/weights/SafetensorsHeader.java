package org.food4j.models.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a safetensors file, checked: the tensors cover the data without overlap or gap.
 *
 * @param tensors by name, in the header's order
 * @param metadata the entry {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** The name of the entry that is no tensor. */
  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** Names the entry that an error belongs to. */
  private static final class Entry {
    private String name = "";
  }

  /**
   * Reads a header.
   *
   * @param available bytes after it
   * @throws WeightsException if it is no JSON or says what cannot be
   */
  static SafetensorsHeader parse(Path file, byte[] json, long available) throws WeightsException {
    SafetensorsHeader header = new SafetensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
    Entry entry = new Entry();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new WeightsException(file, "its header is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        entry.name = parser.currentName();
        parser.nextToken();
        header.add(file, entry.name, parser, available);
        entry.name = "";
      }
      if (parser.nextToken() != null) {
        throw new WeightsException(file, "its header goes on after the JSON object");
      }
    } catch (WeightsException e) {
      throw e;
    } catch (IOException e) {
      String place =
          entry.name.isEmpty() ? "its header is not JSON" : "tensor " + entry.name + " is unclear";
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new WeightsException(file, place + ": " + reason, e);
    }
    header.requireCovered(file, available);
    return header;
  }

  private void add(Path file, String name, JsonParser parser, long available) throws IOException {
    if (name.equals(METADATA)) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new WeightsException(file, METADATA + " is not an object of texts");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          throw new WeightsException(file, "metadata " + key + " is not a text");
        }
        metadata.put(key, parser.getText());
      }
      return;
    }
    Tensor tensor = JSON.readValue(parser, Tensor.class);
    String problem = tensor == null ? "its entry is null" : tensor.problem(available);
    if (!problem.isEmpty()) {
      throw new WeightsException(file, "tensor " + name + ": " + problem);
    }
    tensors.put(name, tensor);
  }

  /** The tensors' names by place. */
  List<String> byPlace() {
    return tensors.keySet().stream()
        .sorted(
            Comparator.<String>comparingLong(name -> tensors.get(name).start())
                .thenComparingLong(name -> tensors.get(name).end()))
        .toList();
  }

  private void requireCovered(Path file, long available) throws WeightsException {
    long end = 0;
    String before = "the header";
    for (String name : byPlace()) {
      long start = tensors.get(name).start();
      if (start != end) {
        throw new WeightsException(
            file,
            String.format(
                Locale.ROOT,
                start < end
                    ? "tensor %s: it begins at byte %d, inside %s, which ends at %d"
                    : "tensor %s: it begins at byte %d, but %s ends at %d; the format has no gaps",
                name,
                start,
                before,
                end));
      }
      end = tensors.get(name).end();
      before = "tensor " + name;
    }
    if (end != available) {
      throw new WeightsException(
          file,
          String.format(
              Locale.ROOT,
              "%s ends at byte %d of %d; the format has no gaps",
              before,
              end,
              available));
    }
  }
}
