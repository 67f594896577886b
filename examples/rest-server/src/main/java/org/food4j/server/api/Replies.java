package org.food4j.server.api;

import java.util.concurrent.CompletableFuture;
import org.food4j.server.http.Exchange;

/** Answers with what comes later. */
final class Replies {
  private Replies() {}

  static void json(Exchange exchange, CompletableFuture<byte[]> document) {
    with(exchange, "application/json", document);
  }

  static void with(Exchange exchange, String mediaType, CompletableFuture<byte[]> content) {
    content.whenComplete(
        (bytes, thrown) -> {
          if (thrown != null) {
            exchange.fail(thrown);
            return;
          }
          try {
            if (!exchange.notes().cache().isEmpty()) {
              exchange.header("X-Cache", exchange.notes().cache());
            }
            exchange.answer(mediaType, bytes);
          } catch (RuntimeException e) { // nobody looks at what this stage throws
            exchange.fail(e);
          }
        });
  }
}
