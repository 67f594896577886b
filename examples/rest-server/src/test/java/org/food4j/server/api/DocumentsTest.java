package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.food4j.server.model.ModelSettings;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.DrawnPhoto;
import org.food4j.server.testing.LogCapture;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server tells about its models and about itself. */
@Timeout(60)
class DocumentsTest {
  private static final byte[] RED = DrawnPhoto.jpeg(Color.RED);

  @TempDir Path folder;

  private ServerSetup setup() throws IOException {
    return new ServerSetup()
        .model("food", DrawnModel.small().withThreshold(0.7).write(folder.resolve("food.onnx")))
        .model("maps", DrawnModel.small().withMaps().write(folder.resolve("maps.onnx")));
  }

  @Test
  void models_areListedWithWhatTheirCardsSay() throws IOException {
    try (FoodServer server = setup().start()) {
      JsonNode document = RawClient.get(server.address(), "/models").json();
      assertThat(document.get("default").asText()).isEqualTo("food");
      JsonNode food = document.get("models").get(0);
      assertThat(food.get("name").asText()).isEqualTo("food");
      assertThat(food.get("classes").asInt()).isEqualTo(3);
      assertThat(food.get("input_size").asInt()).isEqualTo(16);
      assertThat(food.get("threshold").asDouble()).isEqualTo(0.7);
      assertThat(food.get("explains").asBoolean()).isFalse();
      assertThat(food.get("form").asText()).isEqualTo("float32");
      assertThat(food.get("runtime").asText()).startsWith("ONNX Runtime");
      assertThat(food.get("provenance").get("source").asText()).isEqualTo("drawn");
      JsonNode maps = document.get("models").get(1);
      assertThat(maps.get("explains").asBoolean()).isTrue();
      assertThat(maps.has("threshold")).isFalse();
    }
  }

  @Test
  void labels_areListedInTheOrderOfTheLogits() throws IOException {
    try (FoodServer server = setup().start()) {
      JsonNode document = RawClient.get(server.address(), "/labels?model=maps").json();
      assertThat(document.get("model").asText()).isEqualTo("maps");
      for (int i = 0; i < 3; i++) {
        JsonNode label = document.get("labels").get(i);
        assertThat(label.get("index").asInt()).isEqualTo(i);
        assertThat(label.get("label").asText()).isEqualTo(DrawnModel.CLASSES.get(i));
      }
      assertThat(RawClient.get(server.address(), "/labels").json().get("model").asText())
          .isEqualTo("food");
      assertThat(RawClient.get(server.address(), "/labels?model=cars").status()).isEqualTo(404);
      assertThat(RawClient.get(server.address(), "/labels?model=%ff%zz").status()).isEqualTo(400);
    }
  }

  @Test
  void metrics_areWellFormedAndCountWhatHappened() throws Exception {
    try (FoodServer server = setup().start()) {
      URI address = server.address();
      RawClient.post(address, "/predict", "image/jpeg", RED);
      RawClient.post(address, "/predict", "image/jpeg", RED);
      RawClient.get(address, "/nowhere/1");
      // a request is counted once it is over, which its client may know before the server does
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      Answered answer = RawClient.get(address, "/metrics");
      while (!answer.text().contains("status=\"404\"") && System.nanoTime() - patience < 0) {
        Thread.sleep(20);
        answer = RawClient.get(address, "/metrics");
      }
      assertThat(answer.header("content-type").orElseThrow()).startsWith("text/plain");
      Pattern sample =
          Pattern.compile("[a-z_][a-z0-9_]*(\\{([a-z_]+=\"[^\"]*\",?)*\\})? (NaN|[-+0-9.eE]+)");
      Set<String> names = new HashSet<>();
      for (String line : answer.text().lines().toList()) {
        if (!line.startsWith("# HELP ") && !line.startsWith("# TYPE ")) {
          assertThat(line).matches(sample);
          names.add(line.split("[{ ]")[0]);
        }
      }
      assertThat(names)
          .contains(
              "food4j_requests_seconds_count",
              "food4j_requests_seconds_sum",
              "food4j_requests_seconds_bucket",
              "food4j_batch_rows_bucket",
              "food4j_batch_wait_seconds_bucket",
              "food4j_batch_computing_seconds_bucket",
              "food4j_batch_rows_count",
              "food4j_batch_wait_seconds_sum",
              "food4j_batch_computing_seconds_sum",
              "food4j_batch_waiting",
              "food4j_decoding_waiting",
              "food4j_connections",
              "food4j_uploads_bytes",
              "food4j_cache_entries",
              "food4j_cache_hits_total",
              "food4j_cache_misses_total",
              "jvm_memory_used_bytes",
              "jvm_threads_live_threads",
              "process_files_open_files",
              "process_uptime_seconds");
      assertThat(answer.text())
          .contains("food4j_cache_hits_total 1.0", "food4j_cache_misses_total 1.0")
          .contains("food4j_cache_entries 1.0", "food4j_batch_rows_sum{model=\"food\"} 1.0")
          .containsPattern(
              "food4j_requests_seconds_count\\{method=\"POST\",route=\"/predict\",status=\"200\"\\}"
                  + " 2")
          .contains("route=\"none\",status=\"404\"")
          .doesNotContain("nowhere");
    }
  }

  /** What is read when it is asked for must outlive the garbage collector. */
  @Test
  void metrics_afterACollection_goOn() throws Exception {
    try (FoodServer server = setup().start()) {
      URI address = server.address();
      RawClient.post(address, "/predict", "image/jpeg", RED);
      WeakReference<Object> garbage = new WeakReference<>(new Object());
      while (garbage.get() != null) {
        System.gc();
      }
      RawClient.post(address, "/predict", "image/jpeg", RED);
      assertThat(RawClient.get(address, "/metrics").text())
          .contains("food4j_cache_hits_total 1.0", "food4j_cache_misses_total 1.0")
          .contains("food4j_cache_entries 1.0")
          .doesNotContainPattern("(?m)^food4j.* NaN$");
    }
  }

  /** The bounds of a histogram's buckets, and how many it counted up to each. */
  private static Map<String, Double> buckets(String metrics, String name, String labels) {
    Map<String, Double> buckets = new java.util.LinkedHashMap<>();
    Pattern bucket =
        Pattern.compile(name + "_bucket\\{" + labels + ",le=\"([^\"]+)\"\\} ([0-9.E]+)");
    bucket
        .matcher(metrics)
        .results()
        .forEach(found -> buckets.put(found.group(1), Double.valueOf(found.group(2))));
    return buckets;
  }

  /** Quantiles of several servers cannot be added up; these can. */
  @Test
  void metrics_timesAndSizes_areHistogramsAndNoQuantiles() throws Exception {
    try (FoodServer server = setup().computing(new ModelSettings(1, 1, 6, 64)).start()) {
      RawClient.post(server.address(), "/predict", "image/jpeg", RED);
      String request = "method=\"POST\",route=\"/predict\",status=\"200\"";
      String metrics = RawClient.get(server.address(), "/metrics").text();
      for (int i = 0; i < 500 && !metrics.contains(request); i++) {
        Thread.sleep(20);
        metrics = RawClient.get(server.address(), "/metrics").text();
      }
      assertThat(metrics)
          .doesNotContain("quantile")
          .contains("# TYPE food4j_requests_seconds histogram")
          .contains("# TYPE food4j_batch_rows histogram");
      String[] times = {
        "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "+Inf"
      };
      for (Map<String, Double> buckets :
          List.of(
              buckets(metrics, "food4j_requests_seconds", request),
              buckets(metrics, "food4j_batch_wait_seconds", "model=\"food\""),
              buckets(metrics, "food4j_batch_computing_seconds", "model=\"food\""))) {
        assertThat(buckets).containsOnlyKeys(times).containsEntry("+Inf", 1.0);
        assertThat(List.copyOf(buckets.values())).isSorted();
      }
      assertThat(buckets(metrics, "food4j_batch_rows", "model=\"food\""))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("1.0", 1.0, "2.0", 1.0, "4.0", 1.0, "6.0", 1.0, "+Inf", 1.0));
    }
  }

  /** As Prometheus asks with {@code authorization: {credentials_file: ...}}. */
  @Test
  void metrics_serverWithKeys_areScrapedWithABearerKey() throws IOException {
    Path keys = java.nio.file.Files.writeString(folder.resolve("scraper"), "0123456789abcdef\n");
    try (FoodServer server = setup().keys(keys).start()) {
      String accept =
          "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";
      Map<String, String> headers =
          Map.of("Authorization", "Bearer 0123456789abcdef", "Accept", accept);
      Answered scraped = RawClient.ask(server.address(), "GET", "/metrics", headers, new byte[0]);
      assertThat(scraped.status()).isEqualTo(200);
      assertThat(scraped.header("content-type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(scraped.text()).contains("food4j_connections");
      Map<String, String> other = Map.of("Authorization", "Bearer 0123456789abcdeF");
      assertThat(RawClient.ask(server.address(), "GET", "/metrics", other, new byte[0]).status())
          .isEqualTo(401);
    }
  }

  @Test
  void metrics_ofInventedMethodsAndPaths_areOneSeries() throws IOException {
    try (FoodServer server = setup().start()) {
      for (int i = 0; i < 60; i++) {
        RawClient.ask(server.address(), "M" + i, "/x" + i, Map.of(), new byte[0]);
        RawClient.ask(server.address(), "M" + i, "/v2/models/m" + i, Map.of(), new byte[0]);
      }
      String text = RawClient.get(server.address(), "/metrics").text();
      assertThat(text.lines().filter(line -> line.startsWith("food4j_requests_seconds_count")))
          .hasSize(2);
    }
  }

  @Test
  void log_ofAPrediction_namesModelAndCacheAndNothingOfThePhoto() throws Exception {
    try (FoodServer server = setup().start();
        LogCapture log = LogCapture.started()) {
      RawClient.post(server.address(), "/predict?top=2", "image/jpeg", RED);
      RawClient.post(server.address(), "/predict?top=2", "image/jpeg", RED);
      RawClient.post(server.address(), "/predict", "image/jpeg", new byte[77]);
      for (int i = 0; i < 500 && log.requests().size() < 3; i++) {
        Thread.sleep(10);
      }
      assertThat(log.requests()).hasSize(3).noneMatch(line -> line.contains("top"));
      assertThat(String.join("\n", log.requests())) // each is written once its answer is gone
          .contains("\"model\":\"food\",\"cache\":\"miss\"", "\"bytes_in\":" + RED.length)
          .contains("\"model\":\"food\",\"cache\":\"hit\"", "\"status\":422");
      assertThat(log.complaints()).isEmpty();
    }
  }

  @Test
  void keys_healthIsOpenAndTheRestIsNot() throws IOException {
    Path keys = java.nio.file.Files.writeString(folder.resolve("keys"), "0123456789abcdef\n");
    try (FoodServer server = setup().keys(keys).start()) {
      for (String open : List.of("/v2/health/live", "/v2/health/ready")) {
        assertThat(RawClient.get(server.address(), open).status()).isEqualTo(200);
      }
      for (String closed : List.of("/models", "/labels", "/metrics", "/v2", "/v2/models/food")) {
        assertThat(RawClient.get(server.address(), closed).status()).isEqualTo(401);
      }
      assertThat(RawClient.post(server.address(), "/predict", "image/jpeg", RED).status())
          .isEqualTo(401);
    }
  }

  @Test
  void queue_isFull_is503WithRetryAfterAndPassesBy() throws Exception {
    Path slow = DrawnModel.slow().write(folder.resolve("slow.onnx"));
    try (FoodServer server =
        new ServerSetup()
            .model("slow", slow)
            .computing(new ModelSettings(1, 1, 1, 2))
            .cache(0)
            .start()) {
      List<Answered> answers = new CopyOnWriteArrayList<>();
      List<Thread> clients = new java.util.ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Thread client =
            new Thread(
                () -> {
                  try {
                    answers.add(RawClient.post(server.address(), "/predict", "image/jpeg", RED));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
        client.start();
        clients.add(client);
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(answers).hasSize(40).allMatch(one -> one.status() == 200 || one.status() == 503);
      assertThat(answers).anyMatch(one -> one.status() == 200).anyMatch(one -> one.status() == 503);
      assertThat(answers)
          .allMatch(one -> one.status() == 200 || one.header("retry-after").isPresent());
      assertThat(RawClient.post(server.address(), "/predict", "image/jpeg", RED).status())
          .isEqualTo(200);
    }
  }

  @Test
  void reload_underLoad_losesNoRequest() throws Exception {
    Path food = folder.resolve("food.onnx");
    DrawnModel right = DrawnModel.small();
    right.write(food);
    AtomicBoolean over = new AtomicBoolean();
    List<String> lost = new CopyOnWriteArrayList<>();
    Set<String> versions = java.util.concurrent.ConcurrentHashMap.newKeySet();
    try (FoodServer server =
        new ServerSetup().model("food", food).cache(0).reload(Duration.ofMillis(20)).start()) {
      List<Thread> clients = new java.util.ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Thread client = new Thread(() -> predict(server.address(), over, versions, lost));
        client.start();
        clients.add(client);
      }
      for (int i = 0; i < 6; i++) {
        int so = versions.size();
        right.withStrength(i + 1).moveTo(food);
        for (int wait = 0; wait < 500 && versions.size() <= so; wait++) {
          Thread.sleep(10);
        }
        java.nio.file.Files.write(food, "broken".getBytes(StandardCharsets.UTF_8));
        Thread.sleep(60);
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
    }
    assertThat(lost).isEmpty();
    assertThat(versions).hasSizeGreaterThanOrEqualTo(5);
  }

  private static void predict(
      URI address, AtomicBoolean over, Set<String> versions, List<String> lost) {
    try (RawClient client = new RawClient(address)) {
      byte[] request =
          RawClient.request("POST", "/predict", Map.of("Content-Type", "image/jpeg"), RED);
      while (!over.get()) {
        client.send(request);
        Answered answer = client.read().orElseThrow();
        if (answer.status() != 200) {
          lost.add(answer.toString());
        } else {
          versions.add(answer.json().get("version").asText());
        }
      }
    } catch (IOException | RuntimeException e) {
      lost.add(e.toString());
    }
  }
}
