package org.food4j.server.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.food4j.server.http.Json;
import org.food4j.server.model.ServedModel;

/**
 * An answer of the Open Inference Protocol.
 *
 * @param headerLength of the JSON object, where raw numbers follow it
 */
@SuppressWarnings("ArrayRecordComponent")
record InferResponse(String mediaType, byte[] content, Optional<Integer> headerLength) {
  static InferResponse of(
      ServedModel model, String output, InferRequest request, List<float[]> logits) {
    int classes = model.card().labels().size();
    int rawBytes = logits.size() * classes * Float.BYTES;
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
              json.writeStringField("name", output);
              json.writeStringField("datatype", "FP32");
              json.writeFieldName("shape");
              json.writeArray(new long[] {logits.size(), classes}, 0, 2);
              if (request.binary()) {
                json.writeObjectFieldStart("parameters");
                json.writeNumberField("binary_data_size", rawBytes);
                json.writeEndObject();
              } else {
                json.writeArrayFieldStart("data");
                for (float[] row : logits) {
                  for (float value : row) {
                    json.writeNumber(value);
                  }
                }
                json.writeEndArray();
              }
              json.writeEndObject();
              json.writeEndArray();
            });
    if (!request.binary()) {
      return new InferResponse("application/json", document, Optional.empty());
    }
    ByteBuffer content =
        ByteBuffer.allocate(document.length + rawBytes).order(ByteOrder.LITTLE_ENDIAN);
    content.put(document);
    logits.forEach(
        row -> {
          for (float value : row) {
            content.putFloat(value);
          }
        });
    return new InferResponse(
        "application/octet-stream", content.array(), Optional.of(document.length));
  }
}
