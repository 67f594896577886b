package org.food4j.train.monitor;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;

/**
 * DL4J's UI server: loss, parameters, updates and activations by layer, memory. It shows what is
 * attached to it, of a training that runs or of one that {@link StatsFile} has kept, until it is
 * closed. Thread-safe.
 */
public final class UiServer implements AutoCloseable {
  /** The port that DL4J's users know. */
  public static final int DEFAULT_PORT = 9000;

  /** The loopback interface, which only this machine reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int START_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final String host;
  private final BoundUiServer server;

  /**
   * Starts a server that only this machine reaches.
   *
   * @param port to listen on, 0 for any that is free
   * @throws IOException if the port is taken or the server does not come up
   */
  public UiServer(int port) throws IOException {
    this(LOOPBACK, port);
  }

  /**
   * Starts a server. It asks nobody who they are: whoever reaches the address sees everything, and
   * may post if {@link #receive} allows it.
   *
   * @param host the address to listen on, {@code 0.0.0.0} for all of this machine's
   * @param port to listen on, 0 for any that is free
   * @throws IOException if the port is taken, the address is not this machine's, or the server does
   *     not come up
   */
  public UiServer(String host, int port) throws IOException {
    this.host = host;
    server = new BoundUiServer(host, port);
    CompletableFuture<String> started = new CompletableFuture<>();
    vertx.deployVerticle(
        server,
        result -> {
          if (result.succeeded()) {
            started.complete(result.result());
          } else {
            started.completeExceptionally(result.cause());
          }
        });
    try {
      started.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      vertx.close();
      throw new IOException("Interrupted while the UI server was starting", e);
    } catch (ExecutionException | TimeoutException e) {
      vertx.close();
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The UI server does not start on %s, port %d: is another one running? Name another port, or an address of this machine. %s",
              host,
              port,
              e.getMessage()),
          e);
    }
  }

  /** Shows what a storage holds and what comes into it. */
  public void attach(StatsStorage storage) {
    server.attach(storage);
  }

  /**
   * From now on takes and shows, in memory, what trainings elsewhere post: those with a {@link
   * RemoteStats}, and those of any program with DL4J's {@code RemoteUIStatsStorageRouter}.
   */
  public void receive() {
    StatsStorage storage = new InMemoryStatsStorage();
    attach(storage);
    server.receive(new StatsReceiver(storage));
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Where to look: {@code http://127.0.0.1:9000/train/overview}. */
  public String address() {
    return String.format(Locale.ROOT, "http://%s:%d/train/overview", host, port());
  }

  @Override
  public void close() {
    vertx.close();
  }
}
