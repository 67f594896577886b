package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.food4j.server.model.ModelSettings;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.DrawnPhoto;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long a request is worked for. */
@Timeout(60)
class DeadlineTest {
  private static final byte[] RED = DrawnPhoto.jpeg(Color.RED);

  @TempDir Path folder;

  private ServerSetup setup(DrawnModel model) throws IOException {
    return new ServerSetup().model("food", model.write(folder.resolve("food.onnx"))).cache(0);
  }

  @Test
  void upload_slowerThanTheDeadline_isAnsweredStill() throws Exception {
    byte[] request = RawClient.request("POST", "/predict", Map.of(), RED);
    try (FoodServer server = setup(DrawnModel.small()).patience(Duration.ofMillis(400)).start();
        RawClient client = new RawClient(server.address())) {
      int half = request.length / 2;
      client.send(Arrays.copyOf(request, half));
      Thread.sleep(800);
      client.send(Arrays.copyOfRange(request, half, request.length));
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
    }
  }

  @Test
  void turn_comesTooLate_is503() throws Exception {
    // one after the other, each for some milliseconds: the last ones' time is over before
    try (FoodServer server =
        setup(DrawnModel.slow())
            .computing(new ModelSettings(1, 1, 1, 64))
            .patience(Duration.ofMillis(40))
            .start()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        clients.add(new RawClient(server.address()));
      }
      byte[] request = RawClient.request("POST", "/predict", Map.of(), RED);
      for (RawClient client : clients) {
        client.send(request);
      }
      List<Answered> late = new ArrayList<>();
      for (RawClient client : clients) {
        Answered answer = client.read().orElseThrow();
        assertThat(answer.status()).isIn(200, 503);
        if (answer.status() == 503) {
          late.add(answer);
        }
        client.close();
      }
      assertThat(late)
          .isNotEmpty()
          .allMatch(answer -> answer.header("retry-after").isPresent())
          .allMatch(answer -> answer.text().contains("its time was over before"));
    }
  }

  private static byte[] batch(int photos) throws IOException {
    String image = "\"" + Base64.getEncoder().encodeToString(RED) + "\"";
    String body = "{\"images\":[" + String.join(",", Collections.nCopies(photos, image)) + "]}";
    return body.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void batch_ofManyMorePhotosThanMayWait_isAnsweredWhole() throws Exception {
    try (FoodServer server =
        setup(DrawnModel.small()).computing(new ModelSettings(1, 1, 4, 2)).start()) {
      Answered answer =
          RawClient.post(server.address(), "/predict/batch", "application/json", batch(64));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("results")).hasSize(64).allMatch(one -> one.has("answer"));
    }
  }

  @Test
  void batches_severalAtATime_findRoomOneAfterTheOther() throws Exception {
    try (FoodServer server =
        setup(DrawnModel.small()).computing(new ModelSettings(1, 1, 4, 2)).start()) {
      byte[] body = batch(48);
      byte[] request =
          RawClient.request(
              "POST", "/predict/batch", Map.of("Content-Type", "application/json"), body);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        clients.add(new RawClient(server.address()));
        clients.get(i).send(request);
      }
      for (RawClient client : clients) {
        JsonNode results = client.read().orElseThrow().json().get("results");
        assertThat(results).hasSize(48).allMatch(one -> one.has("answer"));
        client.close();
      }
    }
  }

  @Test
  void infer_ofManyMoreRowsThanMayWait_isAnsweredWhole() throws Exception {
    int rows = 40;
    String zeros = String.join(",", Collections.nCopies(rows * 3 * 16 * 16, "0"));
    String body =
        "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[%d,3,16,16],\"data\":[%s]}]}"
            .formatted(rows, zeros);
    try (FoodServer server =
        setup(DrawnModel.small()).computing(new ModelSettings(1, 1, 4, 2)).start()) {
      Answered answer =
          RawClient.post(
              server.address(),
              "/v2/models/food/infer",
              "application/json",
              body.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("outputs").get(0).get("data"))
          .hasSize(rows * DrawnModel.CLASSES.size());
    }
  }

  /** The least time that an answer of a warm server takes. */
  private static Duration answerTime(FoodServer server) throws IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      long begun = System.nanoTime();
      RawClient.post(server.address(), "/predict", "image/jpeg", RED);
      least = Math.min(least, System.nanoTime() - begun);
    }
    return Duration.ofNanos(least);
  }

  @Test
  void batch_timeIsOverInItsMiddle_onlyThePhotosAfterThatAreNotAnswered() throws Exception {
    ModelSettings oneByOne = new ModelSettings(1, 1, 1, 4);
    Duration answer;
    try (FoodServer server = setup(DrawnModel.slow()).computing(oneByOne).start()) {
      answer = answerTime(server);
    }
    try (FoodServer server =
        setup(DrawnModel.slow()).computing(oneByOne).patience(answer.multipliedBy(12)).start()) {
      JsonNode results =
          RawClient.post(server.address(), "/predict/batch", "application/json", batch(64))
              .json()
              .get("results");
      assertThat(results).hasSize(64);
      assertThat(results.get(0).has("answer")).isTrue();
      assertThat(results.get(63).get("problem").get("status").asInt()).isEqualTo(503);
    }
  }

  @Test
  void batch_noneFindsTime_isAnswered503Whole() throws Exception {
    try (FoodServer server = setup(DrawnModel.small()).patience(Duration.ofNanos(1)).start()) {
      Answered answer =
          RawClient.post(server.address(), "/predict/batch", "application/json", batch(3));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isPresent();
    }
  }
}
