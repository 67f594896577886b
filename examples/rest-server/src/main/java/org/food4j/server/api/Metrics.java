package org.food4j.server.api;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.food4j.server.answer.Predictions;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.RequestObserver;
import org.food4j.server.http.WebServer;
import org.food4j.server.model.ModelObserver;
import org.food4j.server.model.ModelRegistry;
import org.food4j.server.model.ServedModel;

/**
 * What happens, counted for Prometheus ({@code GET /metrics}). Times and sizes are histograms, not
 * quantiles: the buckets of several servers can be added up. Thread-safe.
 */
final class Metrics implements RequestObserver, ModelObserver, AutoCloseable {
  /** Any word is a method to HTTP; a series is kept for each of these alone. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Buckets of times, as Prometheus' own libraries have them: 5 ms to 10 s. */
  private static final Duration[] TIMES =
      IntStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  private final double[] sizes;

  /**
   * Begins to count.
   *
   * @param mostRows photos of a batch
   */
  Metrics(int mostRows) {
    sizes = sizes(mostRows);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Powers of two up to the largest size, and that. */
  private static double[] sizes(int most) {
    return IntStream.concat(
            IntStream.iterate(1, size -> size < most && size > 0, size -> 2 * size),
            IntStream.of(most))
        .asDoubleStream()
        .toArray();
  }

  /**
   * Adds what can be read at any time. The registry keeps none of these alive: once one is
   * collected its counters stand still, so that what it is given is what the server holds.
   */
  void watch(Predictions predictions, ModelRegistry models, WebServer web) {
    Gauge.builder("food4j.decoding.waiting", predictions, Predictions::waiting)
        .description("Photos that wait to be decoded")
        .register(registry);
    for (String name : models.names()) {
      Gauge.builder("food4j.batch.waiting", models, all -> waiting(all, name))
          .description("Rows that wait to be computed")
          .tag("model", name)
          .register(registry);
    }
    Gauge.builder("food4j.connections", web, WebServer::connections)
        .description("Open connections")
        .register(registry);
    Gauge.builder("food4j.uploads.bytes", web, WebServer::bytesOnTheirWay)
        .description("Bytes of the bodies of requests that are not answered yet")
        .register(registry);
    Gauge.builder("food4j.cache.entries", predictions, Predictions::cacheEntries)
        .description("Answers that are kept")
        .register(registry);
    cache("hits", "Answers that were there", predictions, CacheStats::hitCount);
    cache("misses", "Answers that were computed", predictions, CacheStats::missCount);
    cache("evictions", "Answers given up", predictions, CacheStats::evictionCount);
  }

  private static double waiting(ModelRegistry models, String name) {
    return models.models().stream()
        .filter(model -> model.name().equals(name))
        .mapToInt(ServedModel::waiting)
        .sum();
  }

  private void cache(
      String what, String description, Predictions predictions, ToLongFunction<CacheStats> value) {
    FunctionCounter.builder(
            "food4j.cache." + what, predictions, all -> value.applyAsLong(all.cacheStats()))
        .description(description)
        .register(registry);
  }

  @Override
  public void answered(String method, String route, int status, long nanos) {
    Timer.builder("food4j.requests")
        .description("Requests, from the first byte to the last of the answer")
        .tag("method", METHODS.contains(method) ? method : "other")
        .tag("route", route.isEmpty() ? "none" : route)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(TIMES)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void computed(String model, int rows, long waitNanos, long nanos) {
    DistributionSummary.builder("food4j.batch.rows")
        .description("Photos of a batch")
        .tag("model", model)
        .serviceLevelObjectives(sizes)
        .register(registry)
        .record(rows);
    Timer.builder("food4j.batch.wait")
        .description("What a batch's oldest photo waited")
        .tag("model", model)
        .serviceLevelObjectives(TIMES)
        .register(registry)
        .record(waitNanos, TimeUnit.NANOSECONDS);
    Timer.builder("food4j.batch.computing")
        .description("What a batch took")
        .tag("model", model)
        .serviceLevelObjectives(TIMES)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void reloaded(String model, boolean opened) {
    Counter.builder("food4j.model.reloads")
        .description("Model files that were replaced")
        .tag("model", model)
        .tag("outcome", opened ? "opened" : "refused")
        .register(registry)
        .increment();
  }

  /** Answers with all of it, in the text format that every version of Prometheus reads. */
  void scrape(Exchange exchange) {
    exchange.answer(
        "text/plain; version=0.0.4; charset=utf-8",
        registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
