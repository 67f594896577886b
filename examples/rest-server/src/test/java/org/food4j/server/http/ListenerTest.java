package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.Load;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.Test;

/** Connections that the operating system has completed, and the server not accepted yet. */
class ListenerTest extends WebServerFixture {
  private static final String GET = "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String LATER =
      "POST /later HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc";

  private List<RawClient> clients(int number, String request) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      RawClient client = new RawClient(server.address());
      client.send(request);
      clients.add(client);
    }
    return clients;
  }

  private static void close(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }

  @Test
  void drain_clientsThatWaitToBeAccepted_areAnswered() throws Exception {
    start(LIMITS.withConnections(2), ApiKeys.NONE, Set.of());
    List<RawClient> under = clients(2, LATER);
    await(() -> server.bytesOnTheirWay() == 6);
    List<RawClient> waiting = clients(5, GET); // they see an open connection, and have sent all
    assertThat(server.connections()).isEqualTo(2);

    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(20)));

    for (RawClient client : waiting) {
      Answered answer = client.read().orElseThrow();
      assertThat(answer.text()).isEqualTo("open");
      assertThat(answer.header("connection")).contains("close");
    }
    assertThatThrownBy(() -> new RawClient(server.address()))
        .as("who comes later is refused")
        .isInstanceOf(IOException.class);
    assertThat(drained).isNotDone();
    gate.complete(null);
    for (RawClient client : under) {
      assertThat(client.read().orElseThrow().header("connection")).contains("close");
    }
    assertThat(drained.get()).isTrue();
    close(under);
    close(waiting);
  }

  /** What has connected just now has not sent yet. */
  @Test
  void drain_clientThatHasNotSentYet_isAnswered() throws Exception {
    start(LIMITS.withConnections(1), ApiKeys.NONE, Set.of());
    List<RawClient> idle = clients(1, GET);
    assertThat(idle.get(0).read()).isPresent();
    try (RawClient late = new RawClient(server.address())) {
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(20)));
      Thread.sleep(200);
      late.send(GET);
      assertThat(late.read().orElseThrow().text()).isEqualTo("open");
      assertThat(drained.get()).isTrue();
    }
    close(idle);
  }

  @Test
  void drain_clientsThatConnectForEachRequest_areAnsweredOrRefused() throws Exception {
    byte[] request =
        "GET /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes();
    Load load =
        new Load(
            server.address(),
            number -> {
              sleep(4); // so many a second that they do come all the time
              return request;
            });
    load.start(3);
    Thread.sleep(500);
    assertThat(server.drain(Duration.ofSeconds(20))).isTrue();
    Load.Report report = load.report();

    // at most whoever connected in the microseconds that no server has in its hands
    assertThat(report.lost()).hasSizeLessThan(2);
    assertThat(report.answered().keySet()).containsExactly(200);
    assertThat(report.of(200)).isGreaterThan(20);
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void connections_allTakenByIdleOnes_makeRoomAndThoseAtWorkStay() throws Exception {
    start(LIMITS.withConnections(6), ApiKeys.NONE, Set.of());
    List<RawClient> under = clients(1, LATER);
    await(() -> server.bytesOnTheirWay() == 3);
    List<RawClient> idle = clients(5, GET);
    for (RawClient client : idle) {
      assertThat(client.read()).isPresent();
    }

    long begun = System.nanoTime();
    try (RawClient probe = new RawClient(server.address())) {
      probe.send("GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(probe.read().orElseThrow().status()).isEqualTo(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("not the idle time-out")
        .isLessThan(LIMITS.idle().dividedBy(3));
    gate.complete(null);
    assertThat(under.get(0).read().orElseThrow().text()).isEqualTo("abc");
    close(under);
    close(idle);
  }

  @Test
  void connections_idleWhileThereIsRoom_stay() throws Exception {
    start(LIMITS.withConnections(3), ApiKeys.NONE, Set.of());
    try (RawClient client = new RawClient(server.address())) {
      client.send(GET);
      assertThat(client.read()).isPresent();
      Thread.sleep(2500);
      client.send(GET);
      assertThat(client.read().orElseThrow().text()).isEqualTo("open");
    }
  }

  @Test
  void close_whileConnectionsAreFull_freesThePort() throws Exception {
    start(LIMITS.withConnections(1), ApiKeys.NONE, Set.of());
    List<RawClient> one = clients(1, GET);
    assertThat(one.get(0).read()).isPresent();
    java.net.URI address = server.address();
    server.close();
    assertThatThrownBy(() -> new RawClient(address)).isInstanceOf(IOException.class);
    close(one);
  }
}
