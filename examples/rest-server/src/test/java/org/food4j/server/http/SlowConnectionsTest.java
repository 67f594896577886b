package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.Test;

/** Connections: slow ones, several requests on one, and their end. */
class SlowConnectionsTest extends WebServerFixture {
  @Test
  void connections_slowHeaders_areClosedAndOthersAnsweredMeanwhile() throws Exception {
    List<RawClient> slow = new java.util.ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawClient client = new RawClient(server.address());
      client.send("GET /open HTTP/1.1\r\nHost: ");
      slow.add(client);
    }
    RawClient patient = new RawClient(server.address());
    patient.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
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
    patient.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
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
      client.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      client.send("GET /op");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  /** A request that asks for much, and bytes read now and then: no idle time-out would fire. */
  @Test
  void connections_slowReader_isCutOffAndOthersAnsweredMeanwhile() throws Exception {
    Duration headers = Duration.ofMillis(300);
    start(LIMITS.withTimes(headers, LIMITS.body()), ApiKeys.NONE, Set.of());
    long begun = System.nanoTime();
    try (RawClient slow = new RawClient(server.address())) {
      slow.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
      while (!observed.contains("GET /large 200") && System.nanoTime() - begun < 10_000_000_000L) {
        assertThat(ask("GET", "/open", Map.of()).status()).isEqualTo(200);
        slow.skip(1000);
        Thread.sleep(50);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as("an answer has three times what headers have")
          .isBetween(headers.multipliedBy(3), Duration.ofSeconds(8));
      assertThatThrownBy(() -> slow.skip(LARGE.length)).isInstanceOf(IOException.class);
    }
    await(() -> server.connections() == 0);
  }

  @Test
  void connections_readerThatPausesWithinItsTime_getsAllOfTheAnswer() throws Exception {
    start(LIMITS.withTimes(Duration.ofSeconds(2), LIMITS.body()), ApiKeys.NONE, Set.of());
    try (RawClient client = new RawClient(server.address())) {
      for (int i = 0; i < 2; i++) {
        client.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Thread.sleep(500);
        assertThat(client.read().orElseThrow().body()).isEqualTo(LARGE);
      }
    }
  }

  @Test
  void pipelined_requests_areAnsweredInOrder() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      String get = "GET /things/%d HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.send(get.formatted(1) + get.formatted(2) + get.formatted(3));
      for (int i = 1; i <= 3; i++) {
        assertThat(client.read().orElseThrow().text()).isEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void drain_requestUnderWay_isAnsweredAndLaterOnesRefused() throws Exception {
    try (RawClient under = new RawClient(server.address());
        RawClient idle = new RawClient(server.address())) {
      idle.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(idle.read().orElseThrow().header("connection")).isEmpty();
      under.send("POST /later HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
      await(() -> server.bytesOnTheirWay() == 3);
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(20)));
      Thread.sleep(200);
      assertThat(drained).isNotDone();
      idle.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n"); // sent before it could know
      Answered last = idle.read().orElseThrow();
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.header("connection")).contains("close");
      gate.complete(null);
      Answered answer = under.read().orElseThrow();
      assertThat(answer.text()).isEqualTo("abc");
      assertThat(answer.header("connection")).as("it came before the end").contains("close");
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void drain_timeIsOver_saysThatSomethingIsLeft() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send("POST /later HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
      await(() -> server.bytesOnTheirWay() == 3);
      assertThat(server.drain(Duration.ofMillis(300))).isFalse();
    }
  }
}
