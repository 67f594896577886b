package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a model since it was exported: in which numbers it computes, and the steps that
 * made it so. Kept in the file's metadata beside the card, in other people's files too. Immutable.
 *
 * @param form the numbers it computes in, {@code "float32"}, {@code "float16"}, {@code "int8
 *     static"}
 * @param steps what was done, the earliest first, a line each: {@code "quantize --mode static …"}
 */
public record ModelHistory(String form, List<String> steps) {
  /** The form of a model that nothing was done to. */
  public static final String FLOAT32 = "float32";

  /** The form of a model whose weights alone are integers, to be made float32 when it is loaded. */
  public static final String INT8_WEIGHTS = "int8 weights";

  /** The metadata key of the form. */
  public static final String FORM = ModelCard.PREFIX + "form";

  static final Set<String> KEYS = Set.of(FORM, ModelCard.PREFIX + "history");

  private static final String HISTORY = ModelCard.PREFIX + "history";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Copies the steps. */
  public ModelHistory {
    steps = List.copyOf(steps);
  }

  /**
   * The history that a file's metadata tells.
   *
   * @return float32 and no steps if it tells none
   * @throws IllegalArgumentException if what it tells is not as specified
   */
  public static ModelHistory fromMetadata(Map<String, String> metadata) {
    try {
      return new ModelHistory(
          metadata.getOrDefault(FORM, FLOAT32),
          JSON.readValue(
              metadata.getOrDefault(HISTORY, "[]"), new TypeReference<List<String>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "metadata key '%s': not a JSON list of strings: %s"
              .formatted(HISTORY, e.getOriginalMessage()),
          e);
    }
  }

  /** The history of a model; as {@link #fromMetadata}. */
  public static ModelHistory of(ModelProto model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return fromMetadata(metadata);
  }

  /** This history with one more step that leaves the form as it is. */
  public ModelHistory then(String step) {
    return then(step, form);
  }

  /** This history with one more step, after which the model computes in other numbers. */
  public ModelHistory then(String step, String newForm) {
    List<String> more = new ArrayList<>(steps);
    more.add(step);
    return new ModelHistory(newForm, more);
  }

  /** The model with this history in place of the one that it had; everything else as it is. */
  public ModelProto writtenInto(ModelProto model) {
    ModelProto.Builder builder = model.toBuilder().clearMetadataProps();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (!KEYS.contains(entry.getKey())) {
        builder.addMetadataProps(entry);
      }
    }
    builder.addMetadataPropsBuilder().setKey(FORM).setValue(form);
    if (!steps.isEmpty()) {
      builder.addMetadataPropsBuilder().setKey(HISTORY).setValue(json());
    }
    return builder.build();
  }

  private String json() {
    try {
      return JSON.writeValueAsString(steps);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Strings always have a JSON form", e);
    }
  }
}
