package org.food4j.server.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.food4j.data.manifest.Labels;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;
import org.food4j.server.model.ServedModel;

/**
 * An answer of the Open Inference Protocol.
 *
 * @param headerLength of the JSON object, where raw values follow it
 */
@SuppressWarnings("ArrayRecordComponent")
record InferResponse(String mediaType, byte[] content, Optional<Integer> headerLength) {
  /**
   * Writes it as its request wants it.
   *
   * @param logits {@code [classes]} of each row
   * @throws ProblemException 400, if they are not finite, unless they are wanted raw
   */
  static InferResponse of(ServedModel model, InferRequest request, List<float[]> logits) {
    Labels labels = model.card().labels();
    OutputTensor tensor =
        request.output().classification().isPresent()
            ? OutputTensor.classes(logits, labels, request.output().classification().getAsInt())
            : OutputTensor.logits(logits, labels.size());
    if (!request.binary() || request.output().classification().isPresent()) {
      requireFinite(logits);
    }
    byte[] raw = request.binary() ? tensor.raw() : new byte[0];
    byte[] document =
        Json.bytes(
            json -> {
              json.writeStringField("model_name", model.name());
              json.writeStringField("model_version", model.version());
              if (!request.id().isEmpty()) {
                json.writeStringField("id", request.id());
              }
              json.writeArrayFieldStart("outputs");
              json.writeStartObject();
              json.writeStringField("name", RequestedOutput.NAME);
              json.writeStringField("datatype", tensor.datatype());
              json.writeFieldName("shape");
              json.writeArray(tensor.shape(), 0, tensor.shape().length);
              if (request.binary()) {
                json.writeObjectFieldStart("parameters");
                json.writeNumberField("binary_data_size", raw.length);
                json.writeEndObject();
              } else {
                json.writeArrayFieldStart("data");
                tensor.write(json);
                json.writeEndArray();
              }
              json.writeEndObject();
              json.writeEndArray();
            });
    if (!request.binary()) {
      return new InferResponse("application/json", document, Optional.empty());
    }
    byte[] content = Arrays.copyOf(document, document.length + raw.length);
    System.arraycopy(raw, 0, content, document.length, raw.length);
    return new InferResponse("application/octet-stream", content, Optional.of(document.length));
  }

  /** JSON has no other numbers, and none of them ranks above another. */
  private static void requireFinite(List<float[]> logits) {
    for (int row = 0; row < logits.size(); row++) {
      for (float logit : logits.get(row)) {
        if (!Float.isFinite(logit)) {
          throw ProblemException.badRequest(
              "row %d has a logit that is not finite, %s: its numbers are too large for the model; raw answers (\"binary_data_output\": true) tell all logits"
                  .formatted(row, logit));
        }
      }
    }
  }
}
