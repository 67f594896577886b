package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.LogCapture;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web server with endpoints of its own, without models. */
@Timeout(60)
class WebServerTest {
  private static final String KEY = "0123456789abcdef";
  private static final byte[] NOTHING = {};
  private static final HttpLimits LIMITS =
      new HttpLimits(
          1 << 20,
          3 << 20,
          Duration.ofSeconds(1),
          Duration.ofMillis(900),
          Duration.ofSeconds(30),
          100);

  @TempDir Path folder;

  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private final List<String> observed = new CopyOnWriteArrayList<>();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    start(LIMITS, ApiKeys.NONE, Set.of());
  }

  private void start(HttpLimits limits, ApiKeys keys, Set<String> origins) throws IOException {
    stop();
    Routes routes =
        new Routes()
            .add("POST", "/length", WebServerTest::length)
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
            .open("GET", "/open", exchange -> exchange.answer("text/plain", utf8("open")));
    server =
        new WebServer(
            "127.0.0.1",
            0,
            routes,
            limits,
            keys,
            origins,
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

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Answered ask(String method, String path, Map<String, String> headers) throws IOException {
    return RawClient.ask(server.address(), method, path, headers, NOTHING);
  }

  private Answered sent(String text) throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send(text);
      return client.read().orElseThrow();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void body_withinItsLimit_isReadWhole() throws Exception {
    for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000, 1 << 20}) {
      assertThat(RawClient.post(server.address(), "/length", "x/y", new byte[length]).text())
          .isEqualTo(Integer.toString(length));
    }
    await(() -> server.bytesOnTheirWay() == 0);
  }

  @Test
  void body_saidToBeTooLarge_isRefusedBeforeItComes() throws IOException {
    Answered answer = sent("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("connection")).contains("close");
    assertThat(answer.json().get("detail").asText()).contains("1048576 bytes");
  }

  @Test
  void body_expectsToContinue_isRefusedOrLet() throws IOException {
    String start = "POST /length HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
    assertThat(sent(start + "99999999\r\n\r\n").status()).isEqualTo(413);
    try (RawClient client = new RawClient(server.address())) {
      client.send(start + "5\r\n\r\n");
      client.send("12345");
      assertThat(client.read().orElseThrow().text()).isEqualTo("5");
    }
  }

  @Test
  void body_inChunks_isReadWholeOrRefusedOnceItIsTooLarge() throws Exception {
    String start = "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(sent(start + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n").text()).isEqualTo("7");
    try (RawClient client = new RawClient(server.address())) {
      client.send(start);
      String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
      for (int i = 0; i < 16; i++) {
        client.send(chunk);
      }
      client.send("1\r\nx");
      assertThat(client.read().orElseThrow().status()).isEqualTo(413);
    }
    await(() -> server.bytesOnTheirWay() == 0);
  }

  @Test
  void body_badChunks_areAProblemOfTheClient() throws IOException {
    String start = "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(sent(start + "zz\r\nabc\r\n").status()).isEqualTo(400);
    try (RawClient client = new RawClient(server.address())) {
      client.send(start + "5\r\nabc");
      client.endOutput();
      assertThat(client.read().map(Answered::status).orElse(400)).isEqualTo(400);
    }
  }

  @Test
  void body_comesTooSlowly_is408() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
      Answered answer = client.read().orElseThrow();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.header("connection")).contains("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
    await(() -> server.bytesOnTheirWay() == 0);
  }

  @Test
  void body_allTogetherTakeTooMuch_is503UntilTheyAreAnswered() throws Exception {
    byte[] large = new byte[1 << 20];
    byte[] request = RawClient.request("POST", "/later", Map.of(), large);
    try (RawClient one = new RawClient(server.address());
        RawClient two = new RawClient(server.address());
        RawClient three = new RawClient(server.address())) {
      for (RawClient client : List.of(one, two, three)) {
        client.send(request);
      }
      await(() -> server.bytesOnTheirWay() == 3 << 20);
      // these have come whole: what endpoints make of them still takes memory
      Answered fourth = RawClient.post(server.address(), "/length", "x/y", new byte[10]);
      assertThat(fourth.status()).isEqualTo(503);
      assertThat(fourth.header("retry-after")).isPresent();
      gate.complete(null);
      for (RawClient client : List.of(one, two, three)) {
        assertThat(client.read().orElseThrow().body()).hasSize(1 << 20);
      }
    }
    await(() -> server.bytesOnTheirWay() == 0);
    assertThat(RawClient.post(server.address(), "/length", "x/y", large).status()).isEqualTo(200);
  }

  @Test
  void clients_thatLeaveInTheMiddle_leaveNothingBehind() throws Exception {
    try (LogCapture log = LogCapture.started()) {
      for (int i = 0; i < 60; i++) {
        RawClient client = new RawClient(server.address());
        String path = i % 2 == 0 ? "/length" : "/later";
        client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nabc");
        if (i % 3 == 0) {
          client.send(new byte[8997]);
        }
        if (i % 4 == 0) {
          client.reset();
        } else {
          client.close();
        }
      }
      gate.complete(null);
      await(() -> server.connections() == 0);
      await(() -> server.bytesOnTheirWay() == 0);
      assertThat(log.complaints()).isEmpty();
    }
    assertThat(ask("GET", "/open", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void connections_slowHeaders_areClosedAndOthersAnsweredMeanwhile() throws Exception {
    List<RawClient> slow = new java.util.ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawClient client = new RawClient(server.address());
      client.send("GET /open HTTP/1.1\r\nHost: ");
      slow.add(client);
    }
    RawClient patient = new RawClient(server.address());
    patient.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(patient.read().orElseThrow().status()).isEqualTo(200);
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < 2_500_000_000L) {
      assertThat(ask("GET", "/open", Map.of()).status()).isEqualTo(200);
      for (RawClient client : slow) {
        try {
          client.send("x"); // a byte now and then keeps an idle time-out from firing
        } catch (IOException e) {
          continue; // closed, as it is to be
        }
      }
      Thread.sleep(100);
    }
    assertThat(slow).allMatch(RawClient::isClosedByServer);
    // a connection between two requests is another matter
    patient.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(patient.read().orElseThrow().status()).isEqualTo(200);
    patient.close();
    for (RawClient client : slow) {
      client.close();
    }
    await(() -> server.connections() == 0);
  }

  @Test
  void connections_slowSecondRequest_areClosed() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      client.send("GET /op");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void pipelined_requests_areAnsweredInOrder() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      String get = "GET /things/%d HTTP/1.1\r\nHost: x\r\n\r\n";
      client.send(get.formatted(1) + get.formatted(2) + get.formatted(3));
      for (int i = 1; i <= 3; i++) {
        assertThat(client.read().orElseThrow().text()).isEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void head_isGetWithoutItsBody() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("HEAD /open HTTP/1.1\r\nHost: x\r\n\r\n");
      Answered head = client.read("HEAD").orElseThrow();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).contains("4");
      client.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n"); // nothing of a body lies in between
      assertThat(client.read().orElseThrow().text()).isEqualTo("open");
    }
  }

  @Test
  void methods_otherThanAPathKnows_are405WithTheKnownOnes() throws IOException {
    Answered wrong = ask("DELETE", "/open", Map.of());
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("allow")).contains("GET, HEAD, OPTIONS");
    assertThat(ask("HEAD", "/length", Map.of()).status()).isEqualTo(405);
    Answered options = ask("OPTIONS", "/length", Map.of());
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("allow")).contains("OPTIONS, POST");
    assertThat(ask("GET", "/nowhere", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void problems_ofEveryKind_haveAllFields() throws IOException {
    List<Answered> answers =
        List.of(
            ask("GET", "/nowhere", Map.of("X-Request-Id", "my-1")),
            ask("DELETE", "/open", Map.of("X-Request-Id", "my-1")),
            ask("GET", "/half", Map.of("X-Request-Id", "my-1")));
    for (Answered answer : answers) {
      assertThat(answer.header("content-type")).contains("application/problem+json");
      assertThat(answer.json().get("instance").asText()).isEqualTo("urn:food4j:request:my-1");
      assertThat(answer.json().get("type").asText()).startsWith("urn:food4j:problem:");
      assertThat(answer.json().get("status").asInt()).isEqualTo(answer.status());
      assertThat(answer.json().get("title").asText()).isNotEmpty();
      assertThat(answer.json().get("detail").asText()).isNotEmpty();
    }
  }

  @Test
  void problems_thatJettyFinds_areDocumentsAndLoggedToo() throws Exception {
    try (LogCapture log = LogCapture.started()) {
      List<String> bad =
          List.of(
              "no http at all\r\n\r\n",
              "GET /open HTTP/1.1\r\n\r\n",
              "GET /open HTTP/7.3\r\nHost: x\r\n\r\n",
              "GET /open HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(20_000) + "\r\n\r\n",
              "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
              "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
              "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n");
      for (String request : bad) {
        Answered answer = sent(request);
        assertThat(answer.status()).as(request).isBetween(400, 499);
        assertThat(answer.json().fieldNames())
            .toIterable()
            .contains("type", "title", "status", "detail", "instance");
        assertThat(answer.json().get("status").asInt()).isEqualTo(answer.status());
      }
      await(() -> log.requests().size() == bad.size());
      assertThat(observed).hasSize(bad.size());
      assertThat(log.complaints()).isEmpty();
    }
  }

  @Test
  void fault_ofTheServer_isLoggedAndKeptFromTheClient() throws IOException {
    try (LogCapture log = LogCapture.started()) {
      Answered answer = ask("GET", "/broken", Map.of());
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
      assertThat(log.complaints()).hasSize(1);
    }
  }

  @Test
  void log_ofARequest_isOneLineWithoutItsQuery() throws Exception {
    try (LogCapture log = LogCapture.started()) {
      ask("GET", "/things/soup?password=hidden", Map.of("X-Request-Id", "line\u00e4\"", "A", "b"));
      ask("GET", "/things/soup", Map.of("X-Request-Id", "word_1"));
      await(() -> log.requests().size() == 2);
      String line = log.requests().get(0);
      assertThat(line)
          .doesNotContain("hidden")
          .doesNotContain("soup")
          .doesNotContain("\n")
          .contains("\"method\":\"GET\"", "\"route\":\"/things/{name}\"", "\"status\":200")
          .contains("\"client\":\"127.0.0.1\"", "\"bytes_out\":4")
          .containsPattern("\"id\":\"[0-9a-f]{16}\"");
      assertThat(log.requests().get(1)).contains("\"id\":\"word_1\"");
    }
  }

  @Test
  void keys_areAskedForWhereAPathIsNotOpen() throws IOException {
    Path file =
        Files.writeString(folder.resolve("keys"), "# ours\n" + KEY + "\n\nfedcba9876543210");
    start(LIMITS, ApiKeys.read(file), Set.of());
    Answered without = ask("GET", "/things/a", Map.of());
    assertThat(without.status()).isEqualTo(401);
    assertThat(without.header("www-authenticate")).contains("Bearer");
    assertThat(ask("GET", "/things/a", Map.of("X-API-Key", KEY)).status()).isEqualTo(200);
    assertThat(ask("GET", "/things/a", Map.of("X-API-Key", KEY + "x")).status()).isEqualTo(401);
    for (String header : List.of("Bearer " + KEY, "bearer fedcba9876543210")) {
      assertThat(ask("GET", "/things/a", Map.of("Authorization", header)).status()).isEqualTo(200);
    }
    assertThat(ask("GET", "/things/a", Map.of("Authorization", "Basic " + KEY)).status())
        .isEqualTo(401);
    assertThat(ask("GET", "/open", Map.of()).status()).isEqualTo(200);
    // before a byte of the body is read
    assertThat(sent("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n").status())
        .isEqualTo(401);
  }

  @Test
  void cors_isOffUnlessASiteIsNamed() throws IOException {
    Map<String, String> from = Map.of("Origin", "https://a.example");
    assertThat(ask("GET", "/open", from).header("access-control-allow-origin")).isEmpty();
    start(LIMITS, ApiKeys.NONE, Set.of("https://a.example"));
    Answered named = ask("GET", "/open", from);
    assertThat(named.header("access-control-allow-origin")).contains("https://a.example");
    assertThat(named.header("vary")).contains("Origin");
    Answered asked = ask("OPTIONS", "/length", from);
    assertThat(asked.header("access-control-allow-methods")).contains("OPTIONS, POST");
    assertThat(asked.header("access-control-allow-headers").orElseThrow()).contains("X-API-Key");
    Answered other = ask("OPTIONS", "/length", Map.of("Origin", "https://b.example"));
    assertThat(other.header("access-control-allow-origin")).isEmpty();
    assertThat(other.header("access-control-allow-methods")).isEmpty();
    assertThat(ask("GET", "/nowhere", from).header("access-control-allow-origin"))
        .contains("https://a.example");
  }

  @Test
  void drain_requestUnderWay_isAnsweredAndLaterOnesRefused() throws Exception {
    try (RawClient under = new RawClient(server.address());
        RawClient idle = new RawClient(server.address())) {
      idle.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(idle.read().orElseThrow().header("connection")).isEmpty();
      under.send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
      await(() -> server.bytesOnTheirWay() == 3);
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(20)));
      Thread.sleep(200);
      assertThat(drained).isNotDone();
      idle.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n"); // sent before it could know
      Answered last = idle.read().orElseThrow();
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.header("connection")).contains("close");
      gate.complete(null);
      assertThat(under.read().orElseThrow().text()).isEqualTo("abc");
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void drain_timeIsOver_saysThatSomethingIsLeft() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
      await(() -> server.bytesOnTheirWay() == 3);
      assertThat(server.drain(Duration.ofMillis(300))).isFalse();
    }
  }
}
