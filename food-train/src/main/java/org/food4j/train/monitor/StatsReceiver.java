package org.food4j.train.monitor;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.deeplearning4j.core.storage.StatsStorageRouter;

/**
 * Takes statistics that another process posts, in the form of DL4J's {@code
 * RemoteUIStatsStorageRouter}: a JSON object of {@code type}, {@code class} and {@code data}, one
 * per request. Answers 200, 400 with the reason, or 413.
 */
final class StatsReceiver implements Handler<HttpServerRequest> {
  /** A report of a large network's histograms takes about one megabyte. */
  private static final int MAX_BYTES = 64 << 20;

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  private final StatsStorageRouter storage;

  StatsReceiver(StatsStorageRouter storage) {
    this.storage = storage;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() <= MAX_BYTES) {
            body.appendBuffer(part);
          } else if (!request.response().ended()) {
            request.response().setStatusCode(TOO_LARGE).end("More than 64 MiB");
          }
        });
    request.endHandler(
        end -> {
          if (!request.response().ended()) {
            answer(request, body.getBytes());
          }
        });
  }

  private void answer(HttpServerRequest request, byte[] body) {
    try {
      StatsRecord.ofJson(body).putInto(storage);
      request.response().end();
    } catch (IllegalArgumentException e) {
      request.response().setStatusCode(BAD_REQUEST).end(e.getMessage());
    }
  }
}
