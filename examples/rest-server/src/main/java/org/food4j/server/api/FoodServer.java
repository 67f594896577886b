package org.food4j.server.api;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.server.answer.Predictions;
import org.food4j.server.http.Routes;
import org.food4j.server.http.WebServer;
import org.food4j.server.model.ModelRegistry;

/** The whole server: models, answers and web. */
public final class FoodServer implements AutoCloseable {
  /** Of one request. */
  private static final int MOST_PHOTOS = 64;

  private final ServerSettings settings;

  /** Writes answers, so that the next batch need not wait for it. */
  private final ExecutorService answers =
      new ForkJoinPool(2, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);

  private final Metrics metrics;
  private final Routes routes = new Routes();
  private final ModelRegistry models;
  private final Predictions predictions;
  private final WebServer web;
  private volatile boolean ready;

  private FoodServer(ServerSettings settings) throws IOException {
    this.settings = settings;
    metrics = new Metrics(settings.computing().mostRows());
    models =
        new ModelRegistry(
            settings.models(),
            settings.computing(),
            new ImageIoPhotoDecoder(settings.photos()),
            answers,
            metrics);
    predictions =
        new Predictions(
            settings.decoders(),
            settings.computing().queue(),
            settings.cacheBytes(),
            settings.patience());
    Models named = new Models(models);
    routes
        .add("POST", "/predict", new PredictEndpoint(named, predictions, MOST_PHOTOS, false))
        .add("POST", "/predict/batch", new PredictEndpoint(named, predictions, MOST_PHOTOS, true))
        .add("POST", "/explain", new ExplainEndpoint(named, predictions))
        .add("GET", "/models", new ModelDocuments(named)::models)
        .add("GET", "/labels", new ModelDocuments(named)::labels)
        .add("GET", "/metrics", metrics::scrape);
    new InferenceProtocol(named, predictions, () -> ready, MOST_PHOTOS).addTo(routes);
    Pages.addTo(routes, settings.http().bodyBytes(), settings.photos().pixels());
    web =
        new WebServer(
            settings.host(),
            settings.port(),
            routes,
            settings.http(),
            settings.keys(),
            settings.sites(),
            metrics);
    metrics.watch(predictions, models, web);
  }

  /**
   * Opens the models and listens.
   *
   * @throws IOException if a model cannot be opened, or the address is not to be had
   */
  public static FoodServer start(ServerSettings settings) throws IOException {
    FoodServer server = new FoodServer(settings);
    boolean started = false;
    try {
      server.web.start();
      server.models.watch(settings.reload());
      server.ready = true;
      started = true;
      return server;
    } finally {
      if (!started) {
        server.close();
      }
    }
  }

  /** Where it listens. */
  public URI address() {
    return web.address();
  }

  /** What it answers. */
  Routes routes() {
    return routes;
  }

  /** The models that it serves. */
  public ModelRegistry models() {
    return models;
  }

  /**
   * Ends in order: no new connections, what has come is answered, then everything is closed.
   *
   * @return whether nothing was cut off
   */
  public boolean drain(Duration patience) {
    ready = false;
    boolean drained = web.drain(patience);
    close();
    return drained;
  }

  /** Ends at once. */
  @Override
  public void close() {
    ready = false;
    web.close();
    predictions.close();
    models.close();
    answers.shutdown();
    metrics.close();
  }
}
