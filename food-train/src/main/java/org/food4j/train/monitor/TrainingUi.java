package org.food4j.train.monitor;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.food4j.train.loop.TrainingObserver;

/**
 * DL4J's UI server, showing a training while it runs: loss, parameters, updates and activations by
 * layer, memory. It listens on this machine's loopback interface until it is closed.
 */
public final class TrainingUi implements TrainingObserver, AutoCloseable {
  /** The port that DL4J's users know. */
  public static final int DEFAULT_PORT = 9000;

  /** Collecting statistics takes about as long as a step. */
  private static final int STEPS_PER_REPORT = 10;

  private static final String PORT_PROPERTY = "org.deeplearning4j.ui.port";
  private static final int START_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final LoopbackUiServer server = new LoopbackUiServer();
  private final StatsStorage storage = new InMemoryStatsStorage();
  private final int port;

  /**
   * Starts the server.
   *
   * @param port to listen on
   * @throws IOException if the port is taken or the server does not come up
   */
  public TrainingUi(int port) throws IOException {
    this.port = port;
    System.setProperty(PORT_PROPERTY, Integer.toString(port));
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
      server.attach(storage);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      vertx.close();
      throw new IOException("Interrupted while the UI server was starting", e);
    } catch (ExecutionException | TimeoutException e) {
      vertx.close();
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The UI server does not start on port %d: is another one running? %s",
              port,
              e.getMessage()),
          e);
    }
  }

  /** Where to look: {@code http://127.0.0.1:9000/train/overview}. */
  public String address() {
    return String.format(Locale.ROOT, "http://%s:%d/train/overview", LoopbackUiServer.HOST, port);
  }

  @Override
  public void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {
    graph.addListeners(new StatsListener(storage, STEPS_PER_REPORT));
  }

  @Override
  public void close() {
    vertx.close();
  }
}
