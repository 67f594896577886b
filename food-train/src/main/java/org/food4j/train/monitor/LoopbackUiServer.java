package org.food4j.train.monitor;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationTargetException;
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
    super.init(creatingServersOnLoopback(vertx), context);
  }

  /** The same Vert.x, but for servers made without options: they get the loopback host. */
  private static Vertx creatingServersOnLoopback(Vertx vertx) {
    return (Vertx)
        Proxy.newProxyInstance(
            LoopbackUiServer.class.getClassLoader(),
            new Class<?>[] {VertxInternal.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createHttpServer") && arguments == null) {
                return vertx.createHttpServer(new HttpServerOptions().setHost(HOST));
              }
              try {
                return method.invoke(vertx, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
