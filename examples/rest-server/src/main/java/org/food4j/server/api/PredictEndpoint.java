package org.food4j.server.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.food4j.server.answer.Predictions;
import org.food4j.server.batch.Window;
import org.food4j.server.http.Endpoint;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.Failures;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;
import org.food4j.server.http.ProblemException.Problem;
import org.food4j.server.model.ServedModel;

/**
 * Photos in, labelled probabilities out: {@code POST /predict} for one photo, or a list where the
 * client gives one; {@code POST /predict/batch} for lists, where a photo that cannot be used, or
 * finds no time, spoils only its own answer. A list's photos do not queue all at once: others get
 * their turn between them.
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
    List<CompletableFuture<byte[]>> answers =
        Window.run(
            model.window(),
            uploads.photos().stream()
                .<Supplier<CompletableFuture<byte[]>>>map(
                    photo -> () -> predictions.predict(model, photo, top, exchange))
                .toList(),
            Predictions::isOverload,
            predictions.deadline(exchange));
    List<CompletableFuture<Result>> results = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String name = uploads.names().get(i);
      results.add(answers.get(i).handle((answer, thrown) -> Result.of(name, answer, thrown)));
    }
    return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .thenApply(done -> document(results.stream().map(CompletableFuture::join).toList()));
  }

  private static byte[] document(List<Result> results) {
    if (results.stream().allMatch(Result::overloaded)) {
      throw results.get(0).failure().orElseThrow(); // nothing was answered: to be tried again whole
    }
    return Json.bytes(
        json -> {
          json.writeArrayFieldStart("results");
          for (Result result : results) {
            json.writeStartObject();
            json.writeStringField("name", result.name());
            json.writeFieldName(result.failure().isPresent() ? "problem" : "answer");
            json.writeRawValue(result.document());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /**
   * One photo's part of a list.
   *
   * @param answer a JSON object; empty where there is a failure
   */
  private record Result(String name, Optional<byte[]> answer, Optional<ProblemException> failure) {
    /** What is neither the photo's own fault nor a lack of time fails the whole request. */
    static Result of(String name, byte[] answer, Throwable thrown) {
      if (thrown == null) {
        return new Result(name, Optional.of(answer), Optional.empty());
      }
      if (Failures.cause(thrown) instanceof ProblemException problem
          && (problem.problem() == Problem.UNUSABLE_PHOTO || Predictions.isOverload(problem))) {
        return new Result(name, Optional.empty(), Optional.of(problem));
      }
      throw thrown instanceof CompletionException completion
          ? completion
          : new CompletionException(thrown);
    }

    boolean overloaded() {
      return failure.filter(Predictions::isOverload).isPresent();
    }

    String document() {
      byte[] json = answer.orElseGet(() -> failure.orElseThrow().document());
      return new String(json, StandardCharsets.UTF_8);
    }
  }
}
