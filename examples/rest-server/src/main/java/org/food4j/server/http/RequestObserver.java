package org.food4j.server.http;

/** Is told of every request once it has been answered. Thread-safe. */
@FunctionalInterface
public interface RequestObserver {
  /**
   * What happened.
   *
   * @param method of the request
   * @param route the template of its path, {@code "/v2/models/{model}"}; empty if there is none
   * @param status of the answer
   * @param nanos from the first byte of the request to the last of the answer
   */
  void answered(String method, String route, int status, long nanos);
}
