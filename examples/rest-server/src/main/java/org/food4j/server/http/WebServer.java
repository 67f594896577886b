package org.food4j.server.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of HTTP/1.1 in clear text, for loopback or behind a proxy that does TLS. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Endpoints wait for nothing, so few threads suffice; Jetty needs some for itself. */
  private static final int THREADS = 16;

  /** How long nothing has to come on a connection until the end does not wait for it. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private final Server server;
  private final Listener connector;
  private final NetworkConnectionLimit limit;
  private final SlowConnections connections;
  private final Entrance entrance;
  private final BodyReader bodies;

  /**
   * @param host to listen on, {@code "127.0.0.1"}
   * @param port 0 for any that is free
   * @param sites web sites that may ask from a browser, and names of the server
   */
  public WebServer(
      String host,
      int port,
      Routes routes,
      HttpLimits limits,
      ApiKeys keys,
      AllowedSites sites,
      RequestObserver observer) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("http");
    ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("http-timer", true);
    server = new Server(threads, scheduler, null);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(16 << 10);
    connector = new Listener(server, http);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setAcceptQueueSize(1024);
    connections = new SlowConnections(limits, scheduler);
    connector.addBean(connections);
    server.addConnector(connector);
    limit = new NetworkConnectionLimit(limits.connections(), connector);
    server.addBean(limit);
    bodies =
        new BodyReader(
            limits.bodyBytes(), limits.bodiesBytes(), limits.body().toMillis(), scheduler);
    entrance =
        new Entrance(routes, keys, new CrossSite(host, sites), bodies, connections, observer);
    server.setHandler(entrance);
    server.setErrorHandler(new ProblemHandler(observer));
  }

  /**
   * Listens.
   *
   * @throws IOException if it cannot: the port is taken, or not allowed
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new IOException("The server cannot start: " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public URI address() {
    String host = connector.getHost();
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + connector.getLocalPort());
  }

  /** Connections that are open now. */
  public int connections() {
    return connections.open().size();
  }

  /** Bytes of the bodies of requests that are not answered yet. */
  public long bytesOnTheirWay() {
    return bodies.held();
  }

  /** What runs endpoints and may run what follows them. */
  public java.util.concurrent.Executor executor() {
    return server.getThreadPool();
  }

  /**
   * Takes no more connections than those that clients have opened already, answers what has come
   * and comes on them, telling clients to close theirs, and returns when all have, when nothing has
   * come for half a second, or the time is over. Who connects meanwhile is refused, but for a
   * moment of microseconds in which he may see a connection that opens and is reset: see {@link
   * Listener#end}.
   *
   * @return whether nothing was left
   */
  public boolean drain(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    entrance.drain();
    limit.setMaxNetworkConnectionCount(Integer.MAX_VALUE); // who waits to be accepted is, too
    boolean whole = true;
    try {
      connector.end();
    } catch (IOException e) {
      LOG.warn("Clients that have connected just now are cut off", e);
      whole = false;
    }
    try {
      // connections without a request get a moment for one that may be on its way
      long quiet = System.nanoTime() + QUIET.toNanos();
      while (System.nanoTime() - end < 0) {
        if (limit.getPendingNetworkConnectionCount() + limit.getNetworkConnectionCount() == 0) {
          return whole;
        }
        if (connections.busy() > 0) {
          quiet = System.nanoTime() + QUIET.toNanos();
        } else if (System.nanoTime() - quiet > 0) {
          return whole;
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn("{} connections are cut off after {}", connections.open().size(), patience);
    return false;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The web server did not stop in order", e);
    }
    for (Connector one : server.getConnectors()) {
      if (!one.isStopped()) {
        LOG.warn("{} did not stop", one);
      }
    }
  }
}
