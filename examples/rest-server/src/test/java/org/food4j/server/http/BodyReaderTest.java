package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.LogCapture;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.Test;

class BodyReaderTest extends WebServerFixture {
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
    Answered answer =
        sent("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("connection")).contains("close");
    assertThat(answer.json().get("detail").asText()).contains("1048576 bytes");
  }

  @Test
  void body_expectsToContinue_isRefusedOrLet() throws IOException {
    String start =
        "POST /length HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ";
    assertThat(sent(start + "99999999\r\n\r\n").status()).isEqualTo(413);
    try (RawClient client = new RawClient(server.address())) {
      client.send(start + "5\r\n\r\n");
      client.send("12345");
      assertThat(client.read().orElseThrow().text()).isEqualTo("5");
    }
  }

  @Test
  void body_inChunks_isReadWholeOrRefusedOnceItIsTooLarge() throws Exception {
    String start = "POST /length HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
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
    String start = "POST /length HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
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
      client.send("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc");
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
        client.send(
            "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nabc");
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
  void body_tooLargeAndSentBeforeAnythingIsRead_isToldSo() throws Exception {
    byte[] large = new byte[3 << 20];
    try (RawClient client = new RawClient(server.address())) {
      client.send(RawClient.request("POST", "/length", Map.of(), large));
      assertThat(client.read().orElseThrow().status()).isEqualTo(413);
      assertThat(client.isClosedByServer()).isTrue();
    }
    String start = "POST /length HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawClient client = new RawClient(server.address())) {
      client.send(start);
      for (int i = 0; i < 40; i++) {
        client.send("10000\r\n" + "x".repeat(65_536) + "\r\n");
      }
      client.send("0\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(413);
    }
    await(() -> server.connections() == 0);
    // nor is any other reason lost
    byte[] small = new byte[1 << 20];
    try (RawClient client = new RawClient(server.address())) {
      client.send(RawClient.request("POST", "/nowhere", Map.of(), small));
      assertThat(client.read().orElseThrow().status()).isEqualTo(404);
      client.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
    }
  }
}
