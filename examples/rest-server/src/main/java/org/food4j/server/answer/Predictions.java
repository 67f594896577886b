package org.food4j.server.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.food4j.data.file.Sha256;
import org.food4j.data.manifest.Label;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.PhotoImage;
import org.food4j.data.picture.PngFile;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.Prediction;
import org.food4j.server.batch.OverloadedException;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.Failures;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;
import org.food4j.server.http.ProblemException.Problem;
import org.food4j.server.model.Row;
import org.food4j.server.model.ServedModel;

/** Answers to photos. Thread-safe. */
public final class Predictions implements AutoCloseable {
  private final DecodingPool decoding;
  private final AnswerCache cache;
  private final Duration patience;

  /**
   * @param threads that decode
   * @param queue photos that may wait for them
   * @param cacheBytes of answers that are kept; 0 for none
   * @param patience from a request's last byte until its work is given up
   */
  public Predictions(int threads, int queue, long cacheBytes, Duration patience) {
    decoding = new DecodingPool(threads, queue);
    cache = new AnswerCache(cacheBytes);
    this.patience = patience;
  }

  /**
   * Until when work for a request that has come whole begins, as {@link System#nanoTime} tells it.
   */
  public long deadline(Exchange exchange) {
    return exchange.received() + patience.toNanos();
  }

  /**
   * The answer to a photo as a JSON object's bytes.
   *
   * @param top predictions, or all if there are fewer classes
   * @return fails with a {@link ProblemException} if the photo is none, or time is short
   */
  public CompletableFuture<byte[]> predict(
      ServedModel model, byte[] photo, int top, Exchange exchange) {
    long deadline = deadline(exchange);
    int most = Math.min(top, model.card().labels().size()); // beyond it all answers are one
    return answer(
        model,
        photo,
        "predict/" + most,
        exchange,
        () ->
            decoding
                .submit(() -> model.row(model.decode(photo)), deadline)
                .thenCompose((Row row) -> model.logits(List.of(row), deadline).get(0))
                .thenApply(logits -> document(model, model.answer(logits, most))));
  }

  /**
   * A picture of where in a photo a class is found, PNG.
   *
   * @param label of the class; if absent, the most probable one
   */
  public CompletableFuture<byte[]> explain(
      ServedModel model, byte[] photo, OptionalInt label, Exchange exchange) {
    if (!model.explains()) {
      throw new ProblemException(
          Problem.CONFLICT,
          "model '%s' was exported without class activation maps: food export --cam writes them"
              .formatted(model.name()));
    }
    long deadline = deadline(exchange);
    return answer(
        model,
        photo,
        "explain/" + label,
        exchange,
        () ->
            decoding.submit(
                () -> png(model.explain(model.decode(photo), label, deadline)), deadline));
  }

  private CompletableFuture<byte[]> answer(
      ServedModel model,
      byte[] photo,
      String settings,
      Exchange exchange,
      Supplier<CompletableFuture<byte[]>> computation) {
    exchange.notes().model(model.name());
    if (!cache.isOn()) {
      return problems(computation.get());
    }
    AnswerCache.Found found =
        cache.get(
            new AnswerCache.Key(Sha256.of(photo), model.name() + "/" + model.version(), settings),
            computation);
    exchange.notes().cache(found.hit());
    return problems(found.answer());
  }

  /**
   * Makes problems of what can go wrong on the way to an answer.
   *
   * @param <T> the answer
   */
  public static <T> CompletableFuture<T> problems(CompletableFuture<T> answer) {
    return answer.exceptionally(
        thrown -> {
          Throwable cause = Failures.cause(thrown);
          if (cause instanceof PhotoException) {
            throw new ProblemException(Problem.UNUSABLE_PHOTO, cause.getMessage());
          }
          if (cause instanceof OverloadedException) {
            throw ProblemException.overloaded(cause.getMessage());
          }
          throw cause instanceof RuntimeException unchecked
              ? unchecked
              : new CompletionException(cause);
        });
  }

  private static byte[] document(ServedModel model, Answer answer) {
    return Json.bytes(
        json -> {
          json.writeStringField("model", model.name());
          json.writeStringField("version", model.version());
          json.writeBooleanField("none_of_these", answer.noneOfThese());
          json.writeArrayFieldStart("predictions");
          for (Prediction prediction : answer.predictions()) {
            json.writeStartObject();
            label(json, prediction.label());
            json.writeNumberField("probability", prediction.probability());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Whether something failed because there was no room or no time for it. */
  public static boolean isOverload(Throwable thrown) {
    Throwable cause = Failures.cause(thrown);
    return cause instanceof OverloadedException
        || cause instanceof ProblemException problem && problem.problem() == Problem.OVERLOADED;
  }

  /** A label's fields. */
  public static void label(JsonGenerator json, Label label) throws IOException {
    json.writeStringField("label", label.name());
    json.writeStringField("display_name", label.displayName());
    if (!label.metadata().isEmpty()) {
      json.writeFieldName("metadata");
      Json.mapper().writeValue(json, label.metadata());
    }
  }

  private static byte[] png(Photo photo) throws IOException {
    return PngFile.bytes(PhotoImage.of(photo));
  }

  /** Photos that wait to be decoded. */
  public int waiting() {
    return decoding.waiting();
  }

  /** How often the cache had an answer, and what it gave up. */
  public CacheStats cacheStats() {
    return cache.stats();
  }

  /** Answers that are kept. */
  public long cacheEntries() {
    return cache.entries();
  }

  /** Does what waits, and ends. */
  @Override
  public void close() {
    decoding.close();
  }
}
