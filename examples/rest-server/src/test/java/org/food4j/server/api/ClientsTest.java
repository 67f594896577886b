package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.DrawnPhoto;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients that others wrote send, and look for in answers. */
@Timeout(60)
class ClientsTest {
  private static final byte[] RED = DrawnPhoto.jpeg(Color.RED);

  @TempDir static Path folder;

  private static FoodServer server;
  private static URI address;

  @BeforeAll
  static void start() throws IOException {
    Path food = DrawnModel.small().write(folder.resolve("food.onnx"));
    server = new ServerSetup().model("food", food).model("other", food).start();
    address = server.address();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** KServe's client reads these members, Triton's the status alone. */
  @Test
  void health_isToldInJsonToo() throws IOException {
    assertThat(RawClient.get(address, "/v2/health/live").json().get("live").asBoolean()).isTrue();
    assertThat(RawClient.get(address, "/v2/health/ready").json().get("ready").asBoolean()).isTrue();
    JsonNode model = RawClient.get(address, "/v2/models/other/ready").json();
    assertThat(model.get("ready").asBoolean()).isTrue();
    assertThat(model.get("name").asText()).isEqualTo("other");
  }

  @Test
  void errorsOfTheProtocol_haveItsMember() throws IOException {
    JsonNode problem = RawClient.get(address, "/v2/models/none").json();
    assertThat(problem.get("error").asText()).isEqualTo(problem.get("detail").asText());

    assertThat(RawClient.get(address, "/labels?model=none").json().has("error")).isFalse();
  }

  @Test
  void formFields_nameModelAndTop() throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.write(
        "--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8));
    form.write(RED);
    for (String field : new String[] {"model=other", "top=1"}) {
      String[] parts = field.split("=");
      form.write(
          "\r\n--cut\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s"
              .formatted((Object[]) parts)
              .getBytes(StandardCharsets.UTF_8));
    }
    form.write("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));

    JsonNode answer =
        RawClient.post(address, "/predict", "multipart/form-data; boundary=cut", form.toByteArray())
            .json();

    assertThat(answer.get("model").asText()).isEqualTo("other");
    assertThat(answer.get("predictions")).hasSize(1);
  }

  @Test
  void nullMembers_areAsIfTheyWereNotThere() throws IOException {
    String photo = Base64.getEncoder().encodeToString(RED);
    String request =
        "{\"image\":\"%s\",\"images\":null,\"model\":null,\"top\":null}".formatted(photo);

    Answered answer =
        RawClient.post(
            address, "/predict", "application/json", request.getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("model").asText()).isEqualTo("food");
  }

  @Test
  void encodedBody_isUnsupported() throws IOException {
    Answered answer =
        RawClient.ask(
            address,
            "POST",
            "/predict",
            Map.of("Content-Type", "image/jpeg", "Content-Encoding", "gzip"),
            RED);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("accept-encoding")).contains("identity");
  }

  @Test
  void keysThatNoHeaderCarries_areRefusedAtTheStart() throws IOException {
    for (String key :
        new String[] {"schl\u00fcssel-f\u00fcr-k\u00fcche", "with a space in it", "short"}) {
      Path file = Files.writeString(folder.resolve("keys.txt"), key);
      assertThatThrownBy(() -> ApiKeys.read(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ASCII");
    }
  }
}
