package org.food4j.server.http;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.food4j.server.http.ProblemException.Problem;

/** What every request goes through on its way to its endpoint and back. */
final class Entrance extends Handler.Abstract.NonBlocking {
  /** The attribute of a request that holds its name, once it has come here. */
  static final String ID = "org.food4j.server.id";

  private static final int LONGEST_ID = 64;

  private final Routes routes;
  private final ApiKeys keys;
  private final CrossSite sites;
  private final BodyReader bodies;
  private final SlowConnections connections;
  private final RequestObserver observer;
  private volatile boolean draining;

  Entrance(
      Routes routes,
      ApiKeys keys,
      CrossSite sites,
      BodyReader bodies,
      SlowConnections connections,
      RequestObserver observer) {
    this.routes = routes;
    this.keys = keys;
    this.sites = sites;
    this.bodies = bodies;
    this.connections = connections;
    this.observer = observer;
  }

  /** From now on each answer is the last of its connection. */
  void drain() {
    draining = true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    connections.arrived(connection);
    String path = request.getHttpURI().getCanonicalPath();
    Optional<Routes.Match> match = path == null ? Optional.empty() : routes.find(path);
    String id = id(request.getHeaders().get("X-Request-Id"));
    request.setAttribute(ID, id);
    Exchange exchange =
        new Exchange(
            request,
            response,
            callback,
            id,
            match.map(Routes.Match::parameters).orElse(Map.of()),
            bodies,
            () -> write(connection, response));
    String route = match.map(found -> found.route().template()).orElse("");
    Request.addCompletionListener(
        request,
        failure -> {
          connections.answered(connection);
          long nanos = System.nanoTime() - request.getBeginNanoTime();
          observer.answered(request.getMethod(), route, response.getStatus(), nanos);
          AccessLog.write(request, response, id, exchange.notes(), route, nanos, failure);
        });
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("X-Request-Id", id);
    headers.put("X-Content-Type-Options", "nosniff");
    sites.mark(exchange);
    try {
      if (path != null) {
        sites.checkHost(path, exchange);
      }
      dispatch(request, exchange, match);
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
    return true;
  }

  /** An answer is about to be written. */
  private void write(Connection connection, Response response) {
    connections.writing(connection);
    if (draining) { // now, and not when the request came, which may have been before
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  private void dispatch(Request request, Exchange exchange, Optional<Routes.Match> match) {
    if (match.isEmpty()) {
      throw new ProblemException(
          Problem.NOT_FOUND, "there is no such path here; GET /openapi.json lists them");
    }
    Routes.Route route = match.get().route();
    if (request.getMethod().equals("OPTIONS")) {
      exchange.header("Allow", route.allowed());
      sites.markPreflight(exchange, route.allowed());
      exchange.answer(204, "", new byte[0]);
      return;
    }
    Endpoint endpoint =
        route
            .endpoint(request.getMethod())
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.METHOD_NOT_ALLOWED,
                        "this path takes " + route.allowed(),
                        Map.of("Allow", route.allowed())));
    sites.checkSite(request.getMethod(), exchange);
    if (!route.open()) {
      keys.check(exchange);
    }
    endpoint.answer(exchange);
  }

  /** The client's own, where it is a word; else a new one. */
  private static String id(String given) {
    if (given != null
        && given.length() <= LONGEST_ID
        && given.chars().allMatch(c -> c == '-' || c == '_' || isWord(c))) {
      return given;
    }
    return newId();
  }

  /** A name for a request that has none. */
  static String newId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static boolean isWord(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
