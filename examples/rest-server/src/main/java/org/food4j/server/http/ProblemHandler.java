package org.food4j.server.http;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Problem documents for what Jetty itself refuses: requests that are no HTTP/1.1, and any while it
 * cannot answer. They are counted and logged as all others.
 */
final class ProblemHandler extends ErrorHandler {
  /**
   * Jetty calls these the server's fault, and they are the client's: a coding, or a version of
   * HTTP, that nobody knows. Whoever watches the server is to see its own faults alone.
   */
  private static final Set<Integer> CLIENTS =
      Set.of(HttpStatus.NOT_IMPLEMENTED_501, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505);

  private final RequestObserver observer;

  ProblemHandler(RequestObserver observer) {
    this.observer = observer;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    int status = CLIENTS.contains(code) ? HttpStatus.BAD_REQUEST_400 : code;
    boolean ours = status >= HttpStatus.INTERNAL_SERVER_ERROR_500;
    response.setStatus(status);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    Object known = request.getAttribute(Entrance.ID);
    String id = known instanceof String given ? given : Entrance.newId();
    if (known == null) {
      Request.addCompletionListener(request, failure -> tell(request, response, id, failure));
    }
    byte[] document =
        Json.bytes(
            json -> {
              json.writeStringField("type", "about:blank");
              json.writeStringField("title", HttpStatus.getMessage(status));
              json.writeNumberField("status", status);
              json.writeStringField("detail", ours || message == null ? "" : message);
              json.writeStringField("instance", "urn:food4j:request:" + id);
            });
    response.getHeaders().put("X-Request-Id", id);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.write(true, ByteBuffer.wrap(document), callback);
  }

  private void tell(Request request, Response response, String id, Throwable failure) {
    long nanos = System.nanoTime() - request.getBeginNanoTime();
    observer.answered(request.getMethod(), "", response.getStatus(), nanos);
    AccessLog.write(request, response, id, new Exchange.Notes(), "", nanos, failure);
  }
}
