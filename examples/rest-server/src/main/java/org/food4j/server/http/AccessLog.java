package org.food4j.server.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line of JSON for each request, under the name {@code org.food4j.server.access}: what was asked
 * and how it went, nothing of what was sent, and no query, which may hold secrets.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.food4j.server.access");

  private AccessLog() {}

  static void write(
      Request request,
      Response response,
      String id,
      Exchange.Notes notes,
      String route,
      long nanos,
      Throwable failure) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    byte[] line =
        Json.bytes(
            json -> {
              json.writeStringField("time", Instant.now().toString());
              json.writeStringField("id", id);
              json.writeStringField("client", Request.getRemoteAddr(request));
              json.writeStringField("method", request.getMethod());
              json.writeStringField("route", route);
              json.writeNumberField("status", response.getStatus());
              json.writeNumberField("milliseconds", nanos / 10_000 / 100.0);
              json.writeNumberField("bytes_in", Request.getContentBytesRead(request));
              json.writeNumberField("bytes_out", Response.getContentBytesWritten(response));
              if (!notes.model().isEmpty()) {
                json.writeStringField("model", notes.model());
              }
              if (!notes.cache().isEmpty()) {
                json.writeStringField("cache", notes.cache());
              }
              if (failure != null) {
                json.writeStringField("failure", failure.getClass().getSimpleName());
              }
            });
    LOG.info("{}", new String(line, StandardCharsets.UTF_8));
  }
}
