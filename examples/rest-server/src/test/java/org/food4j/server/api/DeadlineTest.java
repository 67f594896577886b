package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
}
