package org.food4j.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.food4j.server.http.ProblemException.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. It is answered exactly once; whatever comes later has no effect.
 * Thread-safe but for the notes, which one thread after the other writes.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final String id;
  private final Map<String, String> pathParameters;
  private final BodyReader bodies;
  private final Runnable writing;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final Notes notes = new Notes();
  private volatile Optional<Fields> query = Optional.empty();
  private volatile long received;

  Exchange(
      Request request,
      Response response,
      Callback callback,
      String id,
      Map<String, String> pathParameters,
      BodyReader bodies,
      Runnable writing) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.id = id;
    this.pathParameters = pathParameters;
    this.bodies = bodies;
    this.writing = writing;
    received = request.getBeginNanoTime();
  }

  /** What the log tells of a request beside its line, and the metrics by whom. */
  public static final class Notes {
    private volatile String model = "";
    private volatile String cache = "";

    /** The model that answered, empty if none did. */
    public String model() {
      return model;
    }

    /** {@code hit} if all was there, else {@code miss}; empty if nothing was looked up. */
    public String cache() {
      return cache;
    }

    /** Tells which model answers. */
    public void model(String name) {
      model = name;
    }

    /** Tells whether the answer was there already. */
    public synchronized void cache(boolean hit) {
      cache = hit && !cache.equals("miss") ? "hit" : "miss";
    }
  }

  /** The request's name in the log, the problem documents, and the header X-Request-Id. */
  public String id() {
    return id;
  }

  /** What the log tells. */
  public Notes notes() {
    return notes;
  }

  /**
   * When its body had come, as {@link System#nanoTime} tells it; before, when its first byte came.
   */
  public long received() {
    return received;
  }

  /** A part of the path, {@code "food"} for {@code {model}} of {@code /v2/models/food}. */
  public String path(String name) {
    return pathParameters.get(name);
  }

  /** A parameter of the query, decoded; of one given twice the first. */
  public Optional<String> query(String name) {
    if (query.isEmpty()) {
      try {
        query = Optional.of(Request.extractQueryParameters(request, StandardCharsets.UTF_8));
      } catch (RuntimeException e) {
        throw ProblemException.badRequest("the query is not valid: " + e.getMessage());
      }
    }
    return Optional.ofNullable(query.get().getValue(name));
  }

  /** A header of the request. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The body's media type in lower case, without parameters; empty if it has none. */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The whole body, once it has come.
   *
   * @return fails with a {@link ProblemException} if it is too large or too slow
   */
  public CompletableFuture<byte[]> body() {
    String encoding = header("Content-Encoding").orElse("identity").strip();
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(
          Problem.UNSUPPORTED_MEDIA_TYPE,
          "a body comes as it is, without Content-Encoding: photos are compressed already",
          Map.of("Accept-Encoding", "identity"));
    }
    return bodies.read(request).whenComplete((body, thrown) -> received = System.nanoTime());
  }

  /** Adds a header to the answer. */
  public void header(String name, String value) {
    response.getHeaders().put(name, value);
  }

  /** Answers with 200. */
  public void answer(String mediaType, byte[] content) {
    answer(200, mediaType, content);
  }

  /** Answers. */
  public void answer(int status, String mediaType, byte[] content) {
    answer(status, mediaType, content, callback);
  }

  private void answer(int status, String mediaType, byte[] content, Callback then) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    try {
      bodies.release(request);
      writing.run();
      response.setStatus(status);
      if (!mediaType.isEmpty()) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
      }
      boolean head = request.getMethod().equals("HEAD");
      if (status != 204 && status != 304) { // these have no content (RFC 9110, section 8.6)
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
      }
      response.write(true, ByteBuffer.wrap(head ? new byte[0] : content), then);
    } catch (RuntimeException e) { // whatever happens, Jetty is told that the request is over
      callback.failed(e);
    }
  }

  /** Answers with JSON. */
  public void json(byte[] document) {
    answer("application/json", document);
  }

  /**
   * Answers with a problem: the exception itself if it is one, and otherwise an internal error,
   * which is logged and says nothing of its cause.
   */
  public void fail(Throwable thrown) {
    Throwable cause = Failures.cause(thrown);
    if (cause instanceof ProblemException problem) {
      fail(problem);
      return;
    }
    LOG.error("Request {} {} {} failed", id, request.getMethod(), path(), cause);
    fail(new ProblemException(Problem.INTERNAL, "the server failed; its log has more under " + id));
  }

  private void fail(ProblemException problem) {
    if (!answered.get() && !response.isCommitted()) {
      problem.headers().forEach(this::header);
      if (problem.problem() == Problem.TOO_LARGE || problem.problem() == Problem.REQUEST_TIMEOUT) {
        header("Connection", "close"); // the rest of the body is not read
      }
    }
    // many clients send all of a body before they read: they would see a broken connection alone
    boolean linger =
        problem.problem() != Problem.REQUEST_TIMEOUT && request.getHeaders().get("Expect") == null;
    answer(
        problem.problem().status(),
        "application/problem+json",
        Json.bytes(
            json -> {
              problem.write(json);
              if (path().startsWith("/v2")) { // where clients of that protocol look for it
                json.writeStringField("error", problem.getMessage());
              }
              json.writeStringField("instance", "urn:food4j:request:" + id);
            }),
        linger
            ? Callback.from(() -> bodies.discard(request, callback), callback::failed)
            : callback);
  }

  private String path() {
    String path = request.getHttpURI().getCanonicalPath();
    return path == null ? "" : path;
  }
}
