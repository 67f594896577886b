package org.food4j.train.monitor;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.deeplearning4j.ui.VertxUIServer;

/**
 * DL4J's UI server, on the loopback interface only. As shipped it listens on all interfaces,
 * without a way to say otherwise, and shows anyone on the network what is being trained.
 */
final class LoopbackUiServer extends VertxUIServer {
  static final String HOST = "127.0.0.1";

  @Override
  public void init(Vertx vertx, Context context) {
    super.init(withServersOnLoopback(vertx), context);
  }

  /** The same Vert.x, but its HTTP servers listen on loopback where no host is named. */
  private static Vertx withServersOnLoopback(Vertx vertx) {
    return (Vertx)
        Proxy.newProxyInstance(
            LoopbackUiServer.class.getClassLoader(),
            new Class<?>[] {VertxInternal.class},
            (proxy, method, arguments) -> {
              Object result = call(vertx, method, arguments);
              return result instanceof HttpServer server ? onLoopback(server) : result;
            });
  }

  /** A server whose {@code listen(port, ...)} is {@code listen(port, HOST, ...)}. */
  private static HttpServer onLoopback(HttpServer server) {
    return (HttpServer)
        Proxy.newProxyInstance(
            LoopbackUiServer.class.getClassLoader(),
            new Class<?>[] {HttpServer.class},
            (proxy, method, arguments) -> {
              Object result;
              if (method.getName().equals("listen")
                  && method.getParameterCount() == 2
                  && method.getParameterTypes()[0] == int.class) {
                Method withHost =
                    HttpServer.class.getMethod(
                        "listen", int.class, String.class, method.getParameterTypes()[1]);
                result = call(server, withHost, new Object[] {arguments[0], HOST, arguments[1]});
              } else {
                result = call(server, method, arguments);
              }
              return result == server ? proxy : result; // so that chained calls stay here
            });
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
