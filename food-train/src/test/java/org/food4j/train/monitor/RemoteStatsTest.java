package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.junit.jupiter.api.Test;

class RemoteStatsTest {
  private static final Duration PAUSE = Duration.ofMillis(10);

  @Test
  void put_whileTheServerFails_isSentAgainInOrderBeforeTheEnd() throws Exception {
    List<StatsRecord> arrived = Collections.synchronizedList(new ArrayList<>());
    List<Integer> answers = Collections.synchronizedList(new ArrayList<>(List.of(400, 500, 503)));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        BoundUiServer.REMOTE_PATH,
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          int answer = answers.isEmpty() ? 200 : answers.remove(0);
          if (answer == 200) {
            arrived.add(StatsRecord.ofJson(body));
          }
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try {
      RemoteStats remote = new RemoteStats(address, PAUSE);
      remote.putStorageMetaData(UiServerTest.metaData("run"));
      remote.putUpdate(report(10));
      remote.putUpdate(report(20));
      remote.close();
      assertThat(remote.undelivered()).isZero();
      assertThat(arrived).extracting(StatsRecord::iteration).containsExactly(-1, 10, 20);
    } finally {
      server.stop(0);
    }
  }

  private static SbeStatsReport report(int iteration) {
    SbeStatsReport report = new SbeStatsReport();
    report.reportIDs("run", "StatsListener", "1", iteration);
    report.reportIterationCount(iteration);
    return report;
  }

  @Test
  void put_afterTheServerWentAway_doesNotWaitAndIsCounted() throws Exception {
    UiServer ui = new UiServer(0);
    ui.receive();
    try (RemoteStats remote = new RemoteStats(URI.create(UiServerTest.base(ui)), PAUSE)) {
      ui.close();
      while (reached(ui)) {
        Thread.sleep(10);
      }
      for (int i = 1; i <= 300; i++) {
        remote.putUpdate(report(i));
      }
      assertThat(remote.undelivered()).isEqualTo(300);
      Thread.currentThread().interrupt(); // for close() not to wait ten seconds
    } finally {
      Thread.interrupted();
    }
  }

  private static boolean reached(UiServer ui) {
    try {
      UiServerTest.get(ui.address());
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void start_withoutAServer_saysWhatToDo() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> new RemoteStats(URI.create("http://127.0.0.1:" + port)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(port))
        .hasMessageContaining("food ui --remote");
    assertThatThrownBy(() -> new RemoteStats(URI.create("localhost:9000")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("localhost:9000");
    try (UiServer closed = new UiServer(0)) { // which shows, but takes nothing
      assertThatThrownBy(() -> new RemoteStats(URI.create(UiServerTest.base(closed))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("403");
    }
  }
}
