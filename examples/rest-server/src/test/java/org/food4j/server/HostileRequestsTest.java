package org.food4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.food4j.server.api.FoodServer;
import org.food4j.server.http.HttpLimits;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.DrawnPhoto;
import org.food4j.server.testing.HostileRequests;
import org.food4j.server.testing.HostileRequests.Hostile;
import org.food4j.server.testing.LogCapture;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerSetup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that no honest client sends are each answered with a 4xx, or their connection is closed;
 * none with a 5xx, none leaves a stack trace, and honest requests in between are answered in time.
 */
class HostileRequestsTest {
  private static final byte[] RED = DrawnPhoto.jpeg(Color.RED);
  private static final int MILLIS = 20_000;

  @TempDir Path folder;

  private FoodServer server(Duration time) throws IOException {
    return new ServerSetup()
        .model("food", DrawnModel.small().withMaps().write(folder.resolve("food.onnx")))
        .http(HttpLimits.DEFAULT.withTimes(time, time))
        .start();
  }

  @Test
  @Timeout(120)
  void requests_aSampleOfEachKind_areRefused() throws Exception {
    check(HostileRequests.kinds().size() * 16);
  }

  @Test
  @Tag("slow")
  void requests_fiveThousand_areRefused() throws Exception {
    check(5000);
  }

  private void check(int requests) throws Exception {
    List<String> faults = new CopyOnWriteArrayList<>();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (FoodServer server = server(Duration.ofSeconds(3));
        LogCapture log = LogCapture.started();
        Healthy healthy = new Healthy(server.address())) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
                    Hostile hostile = HostileRequests.draw(i);
                    String fault = fault(server.address(), hostile, refused);
                    if (!fault.isEmpty()) {
                      faults.add("#%d, %s: %s".formatted(i, hostile.kind(), fault));
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(faults).isEmpty();
      assertThat(log.complaints()).isEmpty();
      healthy.assertAnsweredWithin(Duration.ofSeconds(3));
      assertThat(refused.get()).isGreaterThan(requests * 2 / 3);
      String metrics = RawClient.get(server.address(), "/metrics").text();
      assertThat(metrics).contains("food4j_uploads_bytes 0.0").doesNotContain("status=\"5");
    }
  }

  /** What is wrong with how the server took it; empty if nothing is. */
  private static String fault(URI address, Hostile hostile, AtomicInteger refused) {
    String answer;
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(MILLIS);
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), MILLIS);
      answer = answer(socket, hostile.bytes());
    } catch (java.net.SocketTimeoutException e) {
      return "neither answered nor closed";
    } catch (IOException e) {
      answer = ""; // reset while it was being sent or read
    }
    boolean isRefused = answer.isEmpty() || answer.startsWith("HTTP/1.1 4");
    if (isRefused) {
      refused.incrementAndGet();
    }
    if (!isRefused && !(hostile.mayBeFine() && answer.startsWith("HTTP/1.1 200"))) {
      return answer;
    }
    if (answer.contains("Exception") || answer.contains("\tat ")) {
      return "tells of its inside: " + answer;
    }
    return answer.indexOf("HTTP/1.1 ", 9) > 0 && !hostile.mayBeFine() ? "twice: " + answer : "";
  }

  private static String answer(Socket socket, byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
    } catch (IOException e) {
      // it need not be taken whole; what the server said may still be there
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // reset after an answer, or without
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  @Tag("slow")
  void connections_twoHundredSlowOnes_areClosedAndHonestOnesAnswered() throws Exception {
    try (FoodServer server = server(Duration.ofSeconds(4));
        LogCapture log = LogCapture.started();
        Healthy healthy = new Healthy(server.address())) {
      List<RawClient> slow = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawClient client = new RawClient(server.address());
        client.send(
            i % 2 == 0
                ? "POST /predict HTTP/1.1\r\nHost: localhost\r\nX-A: "
                : "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n");
        slow.add(client);
      }
      for (int i = 0; i < 10; i++) {
        Thread.sleep(800);
        for (RawClient client : slow) {
          try {
            client.send("a");
          } catch (IOException e) {
            continue; // closed, as it is to be
          }
        }
      }
      assertThat(slow).allMatch(RawClient::isClosedByServer);
      for (RawClient client : slow) {
        client.close();
      }
      healthy.assertAnsweredWithin(Duration.ofSeconds(3));
      assertThat(log.complaints()).isEmpty();
    }
  }

  /** An honest client that asks now and then. */
  private static final class Healthy implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Thread thread;

    Healthy(URI address) {
      thread = new Thread(() -> run(address));
      thread.start();
    }

    private void run(URI address) {
      while (!over.get()) {
        try {
          long begun = System.nanoTime();
          String answer = RawClient.post(address, "/predict", "image/jpeg", RED).toString();
          longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
          if (!answer.startsWith("200")) {
            faults.add(answer);
          }
          answered.incrementAndGet();
          Thread.sleep(20);
        } catch (IOException e) {
          faults.add(e.toString());
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    void assertAnsweredWithin(Duration time) {
      assertThat(faults).isEmpty();
      assertThat(answered.get()).isGreaterThan(3);
      assertThat(Duration.ofNanos(longest.get())).isLessThan(time);
    }

    @Override
    public void close() {
      over.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
