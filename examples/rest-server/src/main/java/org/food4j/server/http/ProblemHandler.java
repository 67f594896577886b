package org.food4j.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Problem documents for what Jetty itself refuses: requests that are no HTTP/1.1. They are counted
 * and logged as all others.
 */
final class ProblemHandler extends ErrorHandler {
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
    // 501 and 505 are the client's doing, too: an unknown coding, or version of HTTP
    boolean ours = code == HttpStatus.INTERNAL_SERVER_ERROR_500;
    int status = code > 500 ? HttpStatus.BAD_REQUEST_400 : code;
    response.setStatus(status);
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
