package org.food4j.server.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.food4j.server.answer.Predictions;
import org.food4j.server.http.Endpoint;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.Failures;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;
import org.food4j.server.http.ProblemException.Problem;
import org.food4j.server.model.ServedModel;

/**
 * Photos in, labelled probabilities out: {@code POST /predict} for one photo, or a list where the
 * client gives one; {@code POST /predict/batch} for lists, where a photo that cannot be used spoils
 * only its own answer.
 */
final class PredictEndpoint implements Endpoint {
  private static final int DEFAULT_TOP = 5;

  private final Models models;
  private final Predictions predictions;
  private final int mostPhotos;
  private final boolean always;

  /**
   * @param mostPhotos of one request
   * @param always whether the answer is a list, be it of one
   */
  PredictEndpoint(Models models, Predictions predictions, int mostPhotos, boolean always) {
    this.models = models;
    this.predictions = predictions;
    this.mostPhotos = mostPhotos;
    this.always = always;
  }

  @Override
  public void answer(Exchange exchange) {
    Replies.json(
        exchange,
        exchange
            .body()
            .thenCompose(body -> answer(exchange, Uploads.of(exchange, body, mostPhotos))));
  }

  private CompletableFuture<byte[]> answer(Exchange exchange, Uploads uploads) {
    int top = Parameters.atLeastOne("top", Parameters.of(exchange, uploads, "top"), DEFAULT_TOP);
    return models.with(
        Parameters.of(exchange, uploads, "model"),
        model ->
            always || uploads.several()
                ? list(exchange, model, uploads, top)
                : predictions.predict(model, uploads.photos().get(0), top, exchange));
  }

  private CompletableFuture<byte[]> list(
      Exchange exchange, ServedModel model, Uploads uploads, int top) {
    List<CompletableFuture<Result>> results = new ArrayList<>();
    for (int i = 0; i < uploads.photos().size(); i++) {
      String name = uploads.names().get(i);
      results.add(
          predictions
              .predict(model, uploads.photos().get(i), top, exchange)
              .handle((answer, thrown) -> Result.of(name, answer, thrown)));
    }
    return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                Json.bytes(
                    json -> {
                      json.writeArrayFieldStart("results");
                      for (CompletableFuture<Result> result : results) {
                        json.writeStartObject();
                        json.writeStringField("name", result.join().name);
                        json.writeFieldName(result.join().field);
                        json.writeRawValue(result.join().document);
                        json.writeEndObject();
                      }
                      json.writeEndArray();
                    }));
  }

  /** One photo's part of a list. */
  private record Result(String name, String field, String document) {
    /** Whatever is not the photo's own fault fails the whole request. */
    static Result of(String name, byte[] answer, Throwable thrown) {
      if (thrown == null) {
        return new Result(name, "answer", new String(answer, StandardCharsets.UTF_8));
      }
      if (Failures.cause(thrown) instanceof ProblemException problem
          && problem.problem() == Problem.UNUSABLE_PHOTO) {
        return new Result(name, "problem", new String(problem.document(), StandardCharsets.UTF_8));
      }
      throw thrown instanceof CompletionException completion
          ? completion
          : new CompletionException(thrown);
    }
  }
}
