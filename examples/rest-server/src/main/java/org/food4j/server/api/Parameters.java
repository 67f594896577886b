package org.food4j.server.api;

import java.util.Optional;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.ProblemException;

/** Settings of a request: from its query, or from its JSON object. */
final class Parameters {
  private Parameters() {}

  static Optional<String> of(Exchange exchange, Uploads uploads, String name) {
    return exchange.query(name).or(() -> Optional.ofNullable(uploads.settings().get(name)));
  }

  static int atLeastOne(String name, Optional<String> given, int otherwise) {
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(given.get());
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw ProblemException.badRequest(
        "%s is a whole number of at least 1, not '%s'".formatted(name, abridged(given.get())));
  }

  /** What a client sent, short enough to be sent back. */
  static String abridged(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "\u2026";
  }
}
