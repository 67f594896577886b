package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.deeplearning4j.core.storage.StorageType;
import org.deeplearning4j.core.storage.impl.RemoteUIStatsStorageRouter;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsInitializationReport;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.deeplearning4j.ui.model.storage.impl.SbeStorageMetaData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class UiServerTest {
  @Test
  void address_ofAStartedServer_showsTheOverviewAndItsParts() throws Exception {
    try (UiServer ui = new UiServer(0)) {
      HttpResponse<String> page = get(ui.address());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("Model Score vs. Iteration");
      // what the page loads must be on the class path
      List<String> assets =
          Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
              .matcher(page.body())
              .results()
              .map(match -> match.group(1))
              .toList();
      assertThat(assets).isNotEmpty();
      for (String asset : assets) {
        assertThat(get(base(ui) + asset).statusCode()).as(asset).isEqualTo(200);
      }
    }
  }

  @Test
  void attach_ofAStorage_showsItsSession() throws Exception {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    storage.putStaticInfo(info("earlier"));
    try (UiServer ui = new UiServer(0)) {
      assertThat(get(base(ui) + "/train/sessions/current").body()).doesNotContain("earlier");
      ui.attach(storage);
      assertThat(get(base(ui) + "/train/sessions/current").body()).contains("earlier");
    }
  }

  static SbeStorageMetaData metaData(String session) {
    return new SbeStorageMetaData(1, session, "StatsListener", "1", "init", "update");
  }

  private static SbeStatsInitializationReport info(String session) {
    SbeStatsInitializationReport report = new SbeStatsInitializationReport();
    report.reportIDs(session, "StatsListener", "1", 1);
    return report;
  }

  /** The server looks at what is new twice a second. */
  private static void awaitSession(UiServer ui, String session) throws Exception {
    String sessions = "";
    for (int i = 0; i < 100 && !sessions.contains(session); i++) {
      Thread.sleep(50);
      sessions = get(base(ui) + "/train/sessions/current").body();
    }
    assertThat(sessions).contains(session);
  }

  @Test
  void receive_ofWhatIsPosted_showsItsSessionAndRefusesTheRest() throws Exception {
    try (UiServer ui = new UiServer(0)) {
      String address = base(ui) + BoundUiServer.REMOTE_PATH;
      String posted =
          new String(
              new StatsRecord(StorageType.StaticInfo, info("elsewhere")).toJson(),
              StandardCharsets.UTF_8);
      assertThat(post(address, posted).statusCode()).as("not allowed yet").isEqualTo(403);
      ui.receive();
      assertThat(post(address, posted).statusCode()).isEqualTo(200);
      awaitSession(ui, "elsewhere");
      assertThat(post(address, "{\"type\":").statusCode()).isEqualTo(400);
      assertThat(post(base(ui) + "/tsne/upload", "a file").statusCode()).isEqualTo(405);
      HttpRequest ofAPage =
          HttpRequest.newBuilder(URI.create(address))
              .header("Origin", "http://elsewhere.example")
              .POST(HttpRequest.BodyPublishers.ofString(posted))
              .build();
      assertThat(send(ofAPage).statusCode()).as("from a web page").isEqualTo(403);
      String other = posted.replaceAll("\"class\":\"[^\"]*\"", "\"class\":\"java.lang.Object\"");
      assertThat(post(address, other).statusCode()).isEqualTo(400);
      assertThat(post(address, other).body()).contains("java.lang.Object");
    }
  }

  @Test
  void receive_fromDl4jsOwnRouter_showsItsSession() throws Exception {
    try (UiServer ui = new UiServer(0);
        RemoteUIStatsStorageRouter router = new RemoteUIStatsStorageRouter(base(ui))) {
      ui.receive();
      router.putStaticInfo(info("dl4j"));
      awaitSession(ui, "dl4j");
    }
  }

  @Test
  void server_fromAnotherInterface_isNotReached() throws Exception {
    InetAddress outside =
        Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(network -> Collections.list(network.getInetAddresses()).stream())
            .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
            .findFirst()
            .orElse(InetAddress.getLoopbackAddress());
    Assumptions.assumeFalse(
        outside.isLoopbackAddress(), "this machine has no interface but loopback");
    try (UiServer ui = new UiServer(0)) {
      assertThat(ui.address()).contains("127.0.0.1");
      assertThatThrownBy(() -> new Socket(outside, ui.port()).close())
          .isInstanceOf(IOException.class);
      try (UiServer everywhere = new UiServer("0.0.0.0", 0)) {
        new Socket(outside, everywhere.port()).close();
      }
    }
  }

  @Test
  void start_onATakenPort_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> new UiServer(taken.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
  }

  static String base(UiServer ui) {
    return ui.address().replace("/train/overview", "");
  }

  static HttpResponse<String> get(String address) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(address)).build());
  }

  private static HttpResponse<String> post(String address, String json) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
