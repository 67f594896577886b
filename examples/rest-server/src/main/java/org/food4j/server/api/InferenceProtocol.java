package org.food4j.server.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.food4j.server.answer.Predictions;
import org.food4j.server.batch.Window;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;
import org.food4j.server.http.ProblemException.Problem;
import org.food4j.server.http.Routes;
import org.food4j.server.model.ServedModel;

/**
 * The Open Inference Protocol, version 2 (KServe, Triton): tensors in, logits out, in JSON or with
 * the binary extension. Photos must have been preprocessed as the model's card says; the other
 * endpoints do it themselves.
 */
final class InferenceProtocol {
  /** Some clients look at the status alone, others at these. */
  private static final byte[] LIVE = Json.bytes(json -> json.writeBooleanField("live", true));

  private static final byte[] READY = Json.bytes(json -> json.writeBooleanField("ready", true));

  private final Models models;
  private final Predictions predictions;
  private final BooleanSupplier ready;
  private final int mostRows;

  /**
   * @param ready whether new requests are welcome
   * @param mostRows of one request
   */
  InferenceProtocol(Models models, Predictions predictions, BooleanSupplier ready, int mostRows) {
    this.models = models;
    this.predictions = predictions;
    this.ready = ready;
    this.mostRows = mostRows;
  }

  void addTo(Routes routes) {
    routes
        .open("GET", "/v2/health/live", exchange -> exchange.json(LIVE))
        .open("GET", "/v2/health/ready", this::ready)
        .add("GET", "/v2", this::server)
        .add("GET", "/v2/models/{model}", this::model)
        .add("GET", "/v2/models/{model}/versions/{version}", this::model)
        .add("GET", "/v2/models/{model}/ready", this::modelReady)
        .add("GET", "/v2/models/{model}/versions/{version}/ready", this::modelReady)
        .add("POST", "/v2/models/{model}/infer", this::infer)
        .add("POST", "/v2/models/{model}/versions/{version}/infer", this::infer);
  }

  private void ready(Exchange exchange) {
    if (!ready.getAsBoolean()) {
      throw ProblemException.overloaded("the server is ending");
    }
    exchange.json(READY);
  }

  private void server(Exchange exchange) {
    exchange.json(
        Json.bytes(
            json -> {
              json.writeStringField("name", "food4j");
              json.writeStringField("version", ServerVersion.TEXT);
              json.writeArrayFieldStart("extensions");
              json.writeString("binary_tensor_data");
              json.writeString("classification");
              json.writeEndArray();
            }));
  }

  private void modelReady(Exchange exchange) {
    named(exchange, model -> CompletableFuture.completedFuture(new byte[0])).join();
    exchange.json(
        Json.bytes(
            json -> {
              json.writeStringField("name", exchange.path("model"));
              json.writeBooleanField("ready", true);
            }));
  }

  private <T> CompletableFuture<T> named(
      Exchange exchange, java.util.function.Function<ServedModel, CompletableFuture<T>> work) {
    return models.with(
        Optional.of(exchange.path("model")),
        model -> {
          String version = exchange.path("version");
          if (version != null && !version.equals(model.version())) {
            throw new ProblemException(
                Problem.NOT_FOUND,
                "model '%s' is of version %s".formatted(model.name(), model.version()));
          }
          return work.apply(model);
        });
  }

  private void model(Exchange exchange) {
    Replies.json(
        exchange, named(exchange, model -> CompletableFuture.completedFuture(document(model))));
  }

  private static byte[] document(ServedModel model) {
    TensorForm form = TensorForm.of(model);
    return Json.bytes(
        json -> {
          json.writeStringField("name", model.name());
          json.writeArrayFieldStart("versions");
          json.writeString(model.version());
          json.writeEndArray();
          json.writeStringField("platform", "onnxruntime_onnx");
          json.writeArrayFieldStart("inputs");
          form.write(json, -1);
          json.writeEndArray();
          json.writeArrayFieldStart("outputs");
          json.writeStartObject();
          json.writeStringField("name", RequestedOutput.NAME);
          json.writeStringField("datatype", "FP32");
          json.writeFieldName("shape");
          json.writeArray(new long[] {-1, model.card().labels().size()}, 0, 2);
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private void infer(Exchange exchange) {
    Replies.with(
        exchange,
        exchange
            .body()
            .thenCompose(body -> named(exchange, model -> computed(exchange, model, body))),
        response -> {
          response
              .headerLength()
              .ifPresent(
                  length -> exchange.header(InferRequest.HEADER_LENGTH, Integer.toString(length)));
          exchange.answer(response.mediaType(), response.content());
        });
  }

  private CompletableFuture<InferResponse> computed(
      Exchange exchange, ServedModel model, byte[] body) {
    exchange.notes().model(model.name());
    InferRequest request =
        InferRequest.read(
            body, exchange.header(InferRequest.HEADER_LENGTH), TensorForm.of(model), mostRows);
    long deadline = predictions.deadline(exchange);
    List<CompletableFuture<float[]>> logits =
        Window.run(
            model.window(),
            request.rows().stream()
                .<Supplier<CompletableFuture<float[]>>>map(
                    row -> () -> model.logits(List.of(row), deadline).get(0))
                .toList(),
            Predictions::isOverload,
            deadline);
    return Predictions.problems(
        CompletableFuture.allOf(logits.toArray(CompletableFuture[]::new))
            .thenApply(
                done ->
                    InferResponse.of(
                        model, request, logits.stream().map(CompletableFuture::join).toList())));
  }
}
