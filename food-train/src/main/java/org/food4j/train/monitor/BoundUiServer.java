package org.food4j.train.monitor;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.deeplearning4j.ui.VertxUIServer;

/**
 * DL4J's UI server on one address. As shipped it listens on all interfaces, without a way to say
 * otherwise, and shows anyone on the network what is being trained. What other processes post is
 * taken by a {@link StatsReceiver}, because DL4J's own receiver needs {@code javax.xml.bind}, which
 * Java has no longer had since 11.
 */
final class BoundUiServer extends VertxUIServer {
  /** Where DL4J's {@code RemoteUIStatsStorageRouter} posts to. */
  static final String REMOTE_PATH = "/remoteReceive";

  private static final int FORBIDDEN = 403;
  private static final int NOT_ALLOWED = 405;

  private final String host;
  private final int port;
  private volatile Optional<StatsReceiver> receiver = Optional.empty();

  /**
   * @param port 0 for any that is free
   */
  BoundUiServer(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** From now on takes what other processes post. */
  void receive(StatsReceiver with) {
    receiver = Optional.of(with);
  }

  @Override
  public void init(Vertx vertx, Context context) {
    super.init(withBoundServers(vertx), context);
  }

  /** The same Vert.x, but its HTTP servers are bound to the address where no host is named. */
  private Vertx withBoundServers(Vertx vertx) {
    return (Vertx)
        Proxy.newProxyInstance(
            BoundUiServer.class.getClassLoader(),
            new Class<?>[] {VertxInternal.class},
            (proxy, method, arguments) -> {
              Object result = call(vertx, method, arguments);
              return result instanceof HttpServer server ? bound(server) : result;
            });
  }

  /** A server whose {@code listen(port, ...)} is {@code listen(this port, this host, ...)}. */
  private HttpServer bound(HttpServer server) {
    return (HttpServer)
        Proxy.newProxyInstance(
            BoundUiServer.class.getClassLoader(),
            new Class<?>[] {HttpServer.class},
            (proxy, method, arguments) -> {
              Object result;
              if (method.getName().equals("listen")
                  && method.getParameterCount() == 2
                  && method.getParameterTypes()[0] == int.class) {
                Method withHost =
                    HttpServer.class.getMethod(
                        "listen", int.class, String.class, method.getParameterTypes()[1]);
                result = call(server, withHost, new Object[] {port, host, arguments[1]});
              } else if (method.getName().equals("requestHandler") && arguments != null) {
                @SuppressWarnings("unchecked") // that is what the method takes
                Handler<HttpServerRequest> pages = (Handler<HttpServerRequest>) arguments[0];
                result = server.requestHandler(request -> handle(request, pages));
              } else {
                result = call(server, method, arguments);
              }
              return result == server ? proxy : result; // so that chained calls stay here
            });
  }

  /**
   * DL4J's routes keep whatever is uploaded to any of them, and none of its pages needs to upload:
   * they are read, and nothing else. Reports come from trainings; a request that a page of another
   * site makes in somebody's browser names its origin.
   */
  private void handle(HttpServerRequest request, Handler<HttpServerRequest> pages) {
    if (request.method() == HttpMethod.POST && REMOTE_PATH.equals(request.path())) {
      if (receiver.isEmpty()) {
        refuse(request, FORBIDDEN, "This server takes no reports: start it with --remote");
      } else if (request.getHeader("Origin") != null) {
        refuse(request, FORBIDDEN, "Reports are not taken from web pages");
      } else {
        receiver.get().handle(request);
      }
    } else if (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) {
      pages.handle(request);
    } else {
      refuse(request, NOT_ALLOWED, "Charts are read only");
    }
  }

  private static void refuse(HttpServerRequest request, int status, String reason) {
    request.response().setStatusCode(status).end(reason);
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
