package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.LogCapture;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.Test;

/** What every request goes through, whatever its endpoint. */
class EntranceTest extends WebServerFixture {
  @Test
  void head_isGetWithoutItsBody() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("HEAD /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
      Answered head = client.read("HEAD").orElseThrow();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).contains("4");
      client.send(
          "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n"); // nothing of a body lies in between
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
              "GET /open HTTP/7.3\r\nHost: localhost\r\n\r\n",
              "GET /open HTTP/1.1\r\nHost: localhost\r\nA: " + "b".repeat(20_000) + "\r\n\r\n",
              "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
              "POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
              "POST /length HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n");
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
    assertThat(
            sent("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n").status())
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
}
