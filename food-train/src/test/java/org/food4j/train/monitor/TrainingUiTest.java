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
import java.util.Collections;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TrainingUiTest {
  @Test
  void address_ofAStartedServer_showsTheOverviewAndItsParts() throws Exception {
    try (TrainingUi ui = new TrainingUi(freePort())) {
      HttpResponse<String> page = get(ui.address());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("Model Score vs. Iteration");
      // what the page loads must be on the class path
      String base = ui.address().replace("/train/overview", "");
      var assets =
          java.util.regex.Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
              .matcher(page.body())
              .results()
              .map(match -> match.group(1))
              .toList();
      assertThat(assets).isNotEmpty();
      for (String asset : assets) {
        assertThat(get(base + asset).statusCode()).as(asset).isEqualTo(200);
      }
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
    int port = freePort();
    try (TrainingUi ui = new TrainingUi(port)) {
      assertThat(ui.address()).contains("127.0.0.1");
      assertThatThrownBy(() -> new Socket(outside, port).close()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void start_onATakenPort_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> new TrainingUi(taken.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
