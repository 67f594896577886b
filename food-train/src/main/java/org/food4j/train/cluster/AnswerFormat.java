package org.food4j.train.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.Prediction;

/** How answers are written, a line a photo, in UTF-8. */
public enum AnswerFormat {
  /**
   * JSON documents: {@code photo}, {@code none_of_these}, {@code predictions} with {@code label}
   * and {@code probability}, best first; or {@code photo} and {@code error}.
   */
  JSONL,

  /**
   * RFC 4180: photo, {@code true} or {@code false} for "none of these", error (empty for an
   * answer), then for each prediction label and probability, best first. Each part begins with a
   * header.
   */
  CSV;

  private static final JsonMapper JSON = new JsonMapper();

  /** What stands before a part's lines, if anything does. */
  Optional<String> header(int top) {
    if (this == JSONL) {
      return Optional.empty();
    }
    StringBuilder line = new StringBuilder("photo,none_of_these,error");
    for (int place = 1; place <= top; place++) {
      line.append(",label_").append(place).append(",probability_").append(place);
    }
    return Optional.of(line.toString());
  }

  /** A photo's line. */
  String line(String photo, Answer answer) {
    if (this == JSONL) {
      ObjectNode document = JSON.createObjectNode().put("photo", photo);
      document.put("none_of_these", answer.noneOfThese());
      ArrayNode predictions = document.putArray("predictions");
      for (Prediction each : answer.predictions()) {
        predictions
            .addObject()
            .put("label", each.label().name())
            .put("probability", each.probability());
      }
      return text(document);
    }
    StringBuilder line =
        new StringBuilder(quoted(photo)).append(',').append(answer.noneOfThese()).append(',');
    for (Prediction each : answer.predictions()) {
      line.append(',').append(quoted(each.label().name())).append(',').append(each.probability());
    }
    return line.toString();
  }

  /** The line of a photo that cannot be read. */
  String error(String photo, String reason) {
    return this == JSONL
        ? text(JSON.createObjectNode().put("photo", photo).put("error", reason))
        : quoted(photo) + ",," + quoted(reason);
  }

  private static String text(ObjectNode document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers always has a text", e);
    }
  }

  /** A line break would end the line for whoever reads it line by line. */
  private static String quoted(String value) {
    String line = value.replaceAll("[\\r\\n]+", " ");
    return line.contains(",") || line.contains("\"")
        ? '"' + line.replace("\"", "\"\"") + '"'
        : line;
  }
}
