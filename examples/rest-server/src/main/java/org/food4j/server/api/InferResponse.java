package org.food4j.server.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.food4j.data.manifest.Labels;
import org.food4j.server.http.Json;
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
   */
  static InferResponse of(ServedModel model, InferRequest request, List<float[]> logits) {
    Labels labels = model.card().labels();
    OutputTensor tensor =
        request.output().classification().isPresent()
            ? OutputTensor.classes(logits, labels, request.output().classification().getAsInt())
            : OutputTensor.logits(logits, labels.size());
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
}
