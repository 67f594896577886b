package org.food4j.server.http;

import java.time.Duration;

/**
 * What clients may take of the server.
 *
 * @param bodyBytes of one body
 * @param bodiesBytes of the bodies of all requests that are not answered yet
 * @param headers within which a request's headers come
 * @param body within which its body comes after them
 * @param idle after which a connection without a request is closed
 * @param connections at once; more wait to be accepted, and then idle ones are closed after a
 *     second
 */
public record HttpLimits(
    int bodyBytes,
    long bodiesBytes,
    Duration headers,
    Duration body,
    Duration idle,
    int connections) {
  /**
   * 10 MiB a body, 64 MiB together, 10 s for headers, 20 s for a body, 60 s idle, 1,024 clients.
   */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          10 << 20,
          64L << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          1024);

  /** The same with bodies of another size. */
  public HttpLimits withBodyBytes(int bytes) {
    return new HttpLimits(bytes, Math.max(bodiesBytes, bytes), headers, body, idle, connections);
  }

  /** The same with another sum of all bodies, which is one body at least. */
  public HttpLimits withBodiesBytes(long bytes) {
    return new HttpLimits(bodyBytes, Math.max(bytes, bodyBytes), headers, body, idle, connections);
  }

  /** The same with other times for headers and body. */
  public HttpLimits withTimes(Duration forHeaders, Duration forBody) {
    return new HttpLimits(bodyBytes, bodiesBytes, forHeaders, forBody, idle, connections);
  }

  /** The same with another number of connections. */
  public HttpLimits withConnections(int most) {
    return new HttpLimits(bodyBytes, bodiesBytes, headers, body, idle, most);
  }
}
