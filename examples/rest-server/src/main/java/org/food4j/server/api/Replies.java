package org.food4j.server.api;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.food4j.server.http.Exchange;

/** Answers with what comes later. */
final class Replies {
  private Replies() {}

  static void json(Exchange exchange, CompletableFuture<byte[]> document) {
    with(exchange, "application/json", document);
  }

  static void with(Exchange exchange, String mediaType, CompletableFuture<byte[]> content) {
    with(exchange, content, bytes -> exchange.answer(mediaType, bytes));
  }

  /**
   * The same for whatever content.
   *
   * @param answer answers the exchange with it
   */
  static <T> void with(Exchange exchange, CompletableFuture<T> content, Consumer<T> answer) {
    content.whenComplete(
        (value, thrown) -> {
          if (thrown != null) {
            exchange.fail(thrown);
            return;
          }
          try {
            if (!exchange.notes().cache().isEmpty()) {
              exchange.header("X-Cache", exchange.notes().cache());
            }
            answer.accept(value);
          } catch (RuntimeException e) { // nobody looks at what this stage throws
            exchange.fail(e);
          }
        });
  }
}
