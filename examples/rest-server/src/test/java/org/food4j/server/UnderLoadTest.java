package org.food4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.DrawnPhoto;
import org.food4j.server.testing.Load;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server in a process of its own under more than it can do, for long, and while it ends. By
 * name only; {@code -Dfood4j.server.model=FILE.onnx} takes a real network in place of a drawn one,
 * {@code -Dfood4j.server.seconds=60} and {@code -Dfood4j.server.requests=100000} are the whole
 * checks.
 */
@Tag("slow")
class UnderLoadTest {
  private static final Logger LOG = LoggerFactory.getLogger(UnderLoadTest.class);
  private static final byte[] RED = DrawnPhoto.jpeg(Color.RED);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("food4j.server.seconds", 60));
  private static final long REQUESTS = Long.getLong("food4j.server.requests", 100_000);
  private static final double MOST_MIB = 600;

  @TempDir Path folder;

  private Path model() throws IOException {
    String given = System.getProperty("food4j.server.model", "");
    return given.isEmpty()
        ? DrawnModel.slow().write(folder.resolve("slow.onnx"))
        : Path.of(given).toAbsolutePath();
  }

  private ServerProcess server(String... options) throws IOException {
    return new ServerProcess(model(), folder.resolve("requests.log"), options);
  }

  private static void assertNoFaults(ServerProcess server, Load.Report report) {
    assertThat(report.odd()).isEmpty();
    assertThat(report.lost()).isEmpty();
    assertThat(server.lines()).noneMatch(line -> line.contains("ERROR") || line.contains("\tat "));
  }

  @Test
  void twiceTheSustainableLoad_answersInTimeOr503_andThenAsBefore() throws Exception {
    LongFunction<byte[]> photos = Load.photos(320, 240);
    // the whole heap is there from the start: what grows nevertheless would grow for ever
    List<String> heap = List.of("-Xms320m", "-XX:+AlwaysPreTouch");
    Path log = folder.resolve("requests.log");
    try (ServerProcess server =
        new ServerProcess(model(), log, heap, "--cache", "0", "--deadline", "5")) {
      new Load(server.address(), photos).closed(8, TIME.dividedBy(10)); // warm-up
      double used = server.processorSeconds();
      Load.Report before = new Load(server.address(), photos).closed(8, TIME.dividedBy(6));
      assertThat(before.of(503)).isZero();
      double cost = (server.processorSeconds() - used) / before.of(200);
      double sustained = before.of(200) / before.seconds();

      // buffers for all connections and batches of every size come with the first overload
      new Load(server.address(), photos).open(256, 2 * sustained, TIME.dividedBy(3));
      List<Double> resident = new ArrayList<>();
      double served = 0;
      double refused = 0;
      for (int third = 0; third < 3; third++) {
        Load.Report report =
            new Load(server.address(), photos).open(256, 2 * sustained, TIME.dividedBy(3));
        assertNoFaults(server, report);
        assertThat(report.answered().keySet()).isSubsetOf(200, 503);
        assertThat(report.slowest()).isLessThan(Duration.ofSeconds(5));
        served += report.of(200);
        refused += report.of(503);
        resident.add(server.residentMib());
      }
      LOG.warn(
          "Sustained {} a second; at twice that {} answered, {} refused; resident {} MiB",
          sustained,
          served,
          refused,
          resident);
      assertThat(refused).as("this was overload").isGreaterThan(served / 10);
      assertThat(served / TIME.toSeconds()).as("a second").isGreaterThan(sustained / 3);
      assertThat(resident.get(2)).isLessThan(1.05 * resident.get(0));
      assertThat(server.liveHeapMib()).isLessThan(64);

      used = server.processorSeconds();
      Load.Report after = new Load(server.address(), photos).closed(8, TIME.dividedBy(3));
      assertNoFaults(server, after);
      assertThat(after.of(503)).isZero();
      double again = after.of(200) / after.seconds();
      LOG.warn("Afterwards {} a second", again);
      // the rate says as much about what else the machine does
      assertThat((server.processorSeconds() - used) / after.of(200)).isLessThan(1.5 * cost);
    }
  }

  @Test
  void aHundredThousandRequests_residentMemoryStaysFlat() throws Exception {
    LongFunction<byte[]> photos = Load.photos(320, 240);
    byte[] several = several();
    LongFunction<byte[]> mixed =
        number ->
            switch ((int) (number % 100)) {
              case 7 -> several;
              case 23 ->
                  "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
                      .getBytes(StandardCharsets.ISO_8859_1);
              case 41 -> RawClient.request("POST", "/predict", Map.of(), new byte[900]);
              default -> photos.apply(number);
            };
    // with a cache that is full after the warm-up
    try (ServerProcess server = server("--cache", "4")) {
      // more clients than later, so that the heap has the size that it needs
      assertNoFaults(server, new Load(server.address(), mixed).count(48, REQUESTS / 5));
      double heap = server.liveHeapMib();
      double warm = server.residentMib();
      List<Double> resident = new ArrayList<>();
      for (int part = 0; part < 8; part++) {
        // another number of clients, and so batches of other sizes
        Load.Report report =
            new Load(server.address(), mixed).count(4 + 3 * (part % 4), REQUESTS / 10);
        assertNoFaults(server, report);
        assertThat(report.answered().keySet()).isSubsetOf(200, 422);
        resident.add(server.residentMib());
      }
      double heapAfter = server.liveHeapMib();
      LOG.warn(
          "Resident {} MiB after the warm-up, then {}; live heap {} and {} MiB",
          warm,
          resident,
          heap,
          heapAfter);
      assertThat(heapAfter).isLessThan(heap + 8);
      assertThat(resident).allMatch(mib -> mib < 1.05 * warm && mib < MOST_MIB);
    }
  }

  private static byte[] several() {
    String base64 = Base64.getEncoder().encodeToString(RED);
    String document = "{\"images\":[\"%s\",\"%s\",\"%s\"]}".formatted(base64, base64, base64);
    return RawClient.request(
        "POST",
        "/predict/batch",
        Map.of("Content-Type", "application/json"),
        document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void termination_underLoad_losesNoRequest() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (ServerProcess server = server("--cache", "0")) {
        Load load = new Load(server.address(), Load.photos(200, 150));
        load.start(12);
        Thread.sleep(1500 + 137L * round);
        server.terminate();
        Load.Report report = load.report();

        assertNoFaults(server, report);
        assertThat(report.of(200)).isGreaterThan(20);
        assertThat(report.answered().keySet()).containsExactly(200);
        assertThat(server.exitCode()).as("%s", server.lines()).isZero();
        long logged = Files.readAllLines(folder.resolve("requests.log")).size();
        assertThat(logged).isEqualTo(report.of(200));
      }
    }
  }

  @Test
  void hugeBodies_manyAtOnce_areRefusedAndTheHeapSuffices() throws Exception {
    byte[] names = new byte[10 << 20];
    Arrays.fill(names, (byte) ' ');
    StringBuilder fields = new StringBuilder("{");
    for (int i = 0; fields.length() < names.length - 100; i++) {
      fields.append("\"n").append(i).append("\":1,");
    }
    byte[] many = fields.append("\"image\":7}").toString().getBytes(StandardCharsets.UTF_8);
    String open = "{\"inputs\":[{\"name\":\"input\",\"data\":[";
    byte[] numbers =
        (open + "0,".repeat((names.length - 100) / 2) + "0]}]}").getBytes(StandardCharsets.UTF_8);
    byte[] one =
        RawClient.request("POST", "/predict", Map.of("Content-Type", "application/json"), many);
    byte[] photo = DrawnPhoto.jpeg(4000, 3000, Color.BLUE, 3);
    byte[] large = RawClient.request("POST", "/predict?top=1", Map.of(), photo);
    byte[] other = RawClient.request("POST", "/v2/models/food/infer", Map.of(), numbers);
    byte[] noise = new byte[7 << 20];
    new Random(3).nextBytes(noise);
    byte[] base64 =
        "{\"image\":\"%s\"}"
            .formatted(Base64.getEncoder().encodeToString(noise))
            .getBytes(StandardCharsets.UTF_8);
    byte[] text =
        RawClient.request("POST", "/predict", Map.of("Content-Type", "application/json"), base64);
    List<byte[]> all = List.of(one, text, other, text, large, text);
    try (ServerProcess server = server("--cache", "0")) {
      Load.Report report =
          new Load(server.address(), number -> all.get((int) (number % all.size())))
              .count(24, Math.min(400, REQUESTS / 100));
      LOG.warn(
          "Huge bodies: {}, {} cut off; resident {} MiB",
          report.answered(),
          report.lost().size(),
          server.residentMib());
      assertThat(report.odd()).isEmpty();
      assertThat(report.answered().keySet()).isSubsetOf(200, 400, 422, 503);
      assertThat(report.of(422)).isPositive();
      assertThat(report.of(200)).isPositive();
      assertThat(report.of(400)).isPositive();
      assertThat(server.lines()).noneMatch(line -> line.contains("ERROR"));
      Answered healthy = RawClient.post(server.address(), "/predict", "image/jpeg", RED);
      assertThat(healthy.status()).isEqualTo(200);
    }
  }
}
