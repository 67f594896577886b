package org.food4j.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request that is answered with a problem document (RFC 9457). The message is its {@code detail}:
 * what was given, what is allowed, what to do.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What can be wrong. */
  public enum Problem {
    /** The request cannot be understood. */
    BAD_REQUEST(400, "Bad request"),
    /** A key is needed, or the one given is not known. */
    UNAUTHORIZED(401, "Unauthorized"),
    /** A page of a web site sent it that may not. */
    FORBIDDEN(403, "Forbidden"),
    /** There is nothing by that name. */
    NOT_FOUND(404, "Not found"),
    /** The path knows other methods. */
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    /** The body came too slowly. */
    REQUEST_TIMEOUT(408, "Request timeout"),
    /** The model was exported without what is asked of it. */
    CONFLICT(409, "Not with this model"),
    /** The body is larger than allowed. */
    TOO_LARGE(413, "Content too large"),
    /** The body is of no type that the path takes. */
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** The server was called by a name that is none of its own. */
    MISDIRECTED(421, "Misdirected request"),
    /** The photo cannot be used. */
    UNUSABLE_PHOTO(422, "Unusable photo"),
    /** A fault of the server's own. */
    INTERNAL(500, "Internal error"),
    /** More is asked of the server than it can do in time. */
    OVERLOADED(503, "Overloaded");

    private final int status;
    private final String title;

    Problem(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** A few words. */
    public String title() {
      return title;
    }

    /** A name that clients can tell problems apart by: {@code "unusable-photo"}. */
    public String type() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Problem problem;
  private final transient Map<String, String> headers;

  /** A problem that comes with headers of its own. */
  public ProblemException(Problem problem, String detail, Map<String, String> headers) {
    super(detail, null, false, false); // no fault of ours: its place in the code tells nothing
    this.problem = problem;
    this.headers = new LinkedHashMap<>(headers);
  }

  /** A problem. */
  public ProblemException(Problem problem, String detail) {
    this(problem, detail, Map.of());
  }

  /** 503, with the time after which to try again. */
  public static ProblemException overloaded(String detail) {
    return new ProblemException(Problem.OVERLOADED, detail, Map.of("Retry-After", "1"));
  }

  /** 400. */
  public static ProblemException badRequest(String detail) {
    return new ProblemException(Problem.BAD_REQUEST, detail);
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /** The problem document, without the request that it belongs to. */
  public byte[] document() {
    return Json.bytes(this::write);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("type", "urn:food4j:problem:" + problem.type());
    json.writeStringField("title", problem.title());
    json.writeNumberField("status", problem.status());
    json.writeStringField("detail", getMessage());
  }

  /** Headers that belong to it. */
  public Map<String, String> headers() {
    return headers == null ? Map.of() : headers;
  }
}
