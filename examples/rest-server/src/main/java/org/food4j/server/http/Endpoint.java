package org.food4j.server.http;

/** What answers the requests of one path and method. Thread-safe. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers a request, now or later. May not wait for anything.
   *
   * @throws ProblemException if the request cannot be answered; so may whatever it does later
   */
  void answer(Exchange exchange);
}
