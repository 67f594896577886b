package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web server with endpoints of its own, without models, for each test. */
@Timeout(60)
abstract class WebServerFixture {
  static final String KEY = "0123456789abcdef";
  static final byte[] NOTHING = {};

  /** More than a connection's buffers hold, so that writing it waits for whoever reads. */
  static final byte[] LARGE = new byte[24 << 20];

  static final HttpLimits LIMITS =
      new HttpLimits(
          1 << 20,
          3 << 20,
          Duration.ofSeconds(1),
          Duration.ofMillis(900),
          Duration.ofSeconds(30),
          100);

  @TempDir Path folder;

  final CompletableFuture<Void> gate = new CompletableFuture<>();
  final List<String> observed = new CopyOnWriteArrayList<>();
  WebServer server;

  @BeforeEach
  void start() throws IOException {
    start(LIMITS, ApiKeys.NONE, Set.of());
  }

  void start(HttpLimits limits, ApiKeys keys, Set<String> origins) throws IOException {
    start("127.0.0.1", limits, keys, origins);
  }

  void start(String host, HttpLimits limits, ApiKeys keys, Set<String> origins) throws IOException {
    start(host, limits, keys, new AllowedSites(origins, Set.of()));
  }

  void start(String host, HttpLimits limits, ApiKeys keys, AllowedSites sites) throws IOException {
    stop();
    Routes routes =
        new Routes()
            .add("POST", "/length", WebServerFixture::length)
            .add(
                "POST",
                "/later",
                exchange -> answer(exchange, exchange.body().thenCombine(gate, (body, x) -> body)))
            .add("GET", "/things/{name}", exchange -> exchange.json(utf8(exchange.path("name"))))
            .add(
                "GET",
                "/broken",
                exchange -> {
                  throw new IllegalStateException("a secret of the server");
                })
            .add(
                "GET",
                "/half",
                exchange -> {
                  throw ProblemException.badRequest("half a pair: \ud83d");
                })
            .add("GET", "/large", exchange -> exchange.json(LARGE))
            .open("GET", "/v2/health/live", exchange -> exchange.json(utf8("{}")))
            .open("GET", "/open", exchange -> exchange.answer("text/plain", utf8("open")));
    server =
        new WebServer(
            host,
            0,
            routes,
            limits,
            keys,
            sites,
            (method, route, status, nanos) -> observed.add(method + " " + route + " " + status));
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static void length(Exchange exchange) {
    answer(exchange, exchange.body().thenApply(body -> utf8(Integer.toString(body.length))));
  }

  private static void answer(Exchange exchange, CompletableFuture<byte[]> content) {
    content.whenComplete(
        (bytes, thrown) -> {
          if (thrown != null) {
            exchange.fail(thrown);
          } else {
            exchange.json(bytes);
          }
        });
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Answered ask(String method, String path, Map<String, String> headers) throws IOException {
    return RawClient.ask(server.address(), method, path, headers, NOTHING);
  }

  Answered sent(String text) throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send(text);
      return client.read().orElseThrow();
    }
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
