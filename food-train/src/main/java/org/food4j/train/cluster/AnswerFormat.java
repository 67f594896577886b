package org.food4j.train.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.food4j.data.file.Csv;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.Prediction;

/** How answers are written, a record a photo, in UTF-8. */
public enum AnswerFormat {
  /**
   * JSON documents, a line each: {@code photo}, {@code none_of_these}, {@code predictions} with
   * {@code label} and {@code probability}, best first; or {@code photo} and {@code error}.
   */
  JSONL,

  /**
   * RFC 4180, as {@link Csv} writes it: photo, {@code true} or {@code false} for "none of these",
   * error, then for each prediction label and probability, best first. All records have as many
   * fields: an answer's error is empty, and of a photo that cannot be read all but photo and error
   * is. A path with a line break stands in quotes, over two lines. Each part begins with a header.
   */
  CSV;

  private static final JsonMapper JSON = new JsonMapper();

  /** What stands before a part's records, if anything does. */
  Optional<String> header(int top) {
    if (this == JSONL) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>(List.of("photo", "none_of_these", "error"));
    for (int place = 1; place <= top; place++) {
      fields.add("label_" + place);
      fields.add("probability_" + place);
    }
    return Optional.of(Csv.record(fields));
  }

  /** A photo's record, without its line end. */
  String record(String photo, Answer answer) {
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
    List<String> fields = new ArrayList<>(List.of(photo, "" + answer.noneOfThese(), ""));
    for (Prediction each : answer.predictions()) {
      fields.add(each.label().name());
      fields.add("" + each.probability());
    }
    return Csv.record(fields);
  }

  /**
   * The record of a photo that cannot be read.
   *
   * @param top predictions that an answer would have
   */
  String error(String photo, String reason, int top) {
    if (this == JSONL) {
      return text(JSON.createObjectNode().put("photo", photo).put("error", reason));
    }
    List<String> fields = new ArrayList<>(List.of(photo, "", reason));
    for (int place = 1; place <= top; place++) {
      fields.addAll(List.of("", ""));
    }
    return Csv.record(fields);
  }

  private static String text(ObjectNode document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers always has a text", e);
    }
  }
}
