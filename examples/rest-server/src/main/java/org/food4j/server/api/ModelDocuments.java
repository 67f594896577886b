package org.food4j.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.food4j.data.manifest.Label;
import org.food4j.models.onnx.ModelCard;
import org.food4j.server.answer.Predictions;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.Json;
import org.food4j.server.model.ServedModel;

/** {@code GET /models} and {@code GET /labels}. */
final class ModelDocuments {
  private final Models models;

  ModelDocuments(Models models) {
    this.models = models;
  }

  void models(Exchange exchange) {
    exchange.json(
        Json.bytes(
            json -> {
              json.writeStringField("default", models.registry().names().iterator().next());
              json.writeArrayFieldStart("models");
              for (ServedModel model : models.registry().models()) {
                model(json, model);
              }
              json.writeEndArray();
            }));
  }

  private static void model(JsonGenerator json, ServedModel model) throws IOException {
    ModelCard card = model.card();
    json.writeStartObject();
    json.writeStringField("name", model.name());
    json.writeStringField("version", model.version());
    json.writeStringField("form", model.form());
    json.writeNumberField("classes", card.labels().size());
    json.writeNumberField("input_size", card.preprocessing().inputSize());
    json.writeNumberField("resize_shorter_side", card.preprocessing().resizeShorterSide());
    json.writeBooleanField("explains", model.explains());
    if (card.threshold().isPresent()) {
      json.writeNumberField("threshold", card.threshold().getAsDouble());
    }
    json.writeStringField("runtime", model.runtime());
    json.writeObjectFieldStart("provenance");
    for (Map.Entry<String, String> entry : card.provenance().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  void labels(Exchange exchange) {
    byte[] document =
        models.now(
            exchange.query("model"),
            model ->
                Json.bytes(
                    json -> {
                      json.writeStringField("model", model.name());
                      json.writeArrayFieldStart("labels");
                      for (Label label : model.card().labels().asList()) {
                        json.writeStartObject();
                        json.writeNumberField("index", label.index());
                        Predictions.label(json, label);
                        json.writeEndObject();
                      }
                      json.writeEndArray();
                    }));
    exchange.json(document);
  }
}
