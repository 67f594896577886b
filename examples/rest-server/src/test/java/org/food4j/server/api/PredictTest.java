package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.RuntimeSettings;
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

/** {@code /predict} and {@code /predict/batch} in all their forms. */
@Timeout(60)
class PredictTest {
  private static final byte[] RED = DrawnPhoto.jpeg(Color.RED);
  private static final byte[] GREEN = DrawnPhoto.jpeg(Color.GREEN);
  private static final byte[] BLUE = DrawnPhoto.png(40, 60, Color.BLUE, 0);
  private static final byte[] GREY = DrawnPhoto.jpeg(new Color(128, 102, 77));

  @TempDir static Path folder;

  private static Path food;
  private static Path pixels;
  private static FoodServer server;
  private static URI address;

  @BeforeAll
  static void start() throws IOException {
    food = DrawnModel.small().withThreshold(0.7).write(folder.resolve("food.onnx"));
    pixels = DrawnModel.small().withPixels().write(folder.resolve("pixels.onnx"));
    server = new ServerSetup().model("food", food).model("pixels", pixels).start();
    address = server.address();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answered json(String path, String document) throws IOException {
    return RawClient.post(
        address, path, "application/json", document.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] photo) {
    return Base64.getEncoder().encodeToString(photo);
  }

  /** A form with a file for each photo. */
  private static byte[] form(byte[]... photos) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < photos.length; i++) {
      String head =
          "--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"photo-%d.jpg\"\r\n\r\n";
      bytes.writeBytes(head.formatted(i).getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(photos[i]);
      bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    bytes.writeBytes("--cut--\r\n".getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static final String FORM = "multipart/form-data; boundary=cut";

  private static String best(JsonNode answer) {
    return answer.get("predictions").get(0).get("label").asText();
  }

  @Test
  void predict_rawFormOrJson_isTheSameAnswer() throws IOException {
    byte[] raw = RawClient.post(address, "/predict", "image/jpeg", RED).body();
    List<Answered> others =
        List.of(
            RawClient.post(address, "/predict", "application/octet-stream", RED),
            RawClient.ask(address, "POST", "/predict", Map.of(), RED),
            RawClient.post(address, "/predict", FORM, form(RED)),
            RawClient.post(address, "/predict", "multipart/form-data; boundary=\"cut\"", form(RED)),
            json("/predict", "{\"image\":\"" + base64(RED) + "\"}"),
            json("/predict", "{\"image\":\"data:image/jpeg;base64," + base64(RED) + "\"}"),
            json("/predict", "{\"image\":\"" + base64(RED).replace("/", "\\/") + "\"}"),
            json("/predict", "{\"x\":[{\"y\":[]}],\"image\":\"" + base64(RED) + "\",\"z\":null}"));
    assertThat(others)
        .allMatch(
            answer -> Arrays.equals(answer.body(), raw), new String(raw, StandardCharsets.UTF_8));
    assertThat(others).allMatch(answer -> answer.header("x-cache").equals(Optional.of("hit")));
  }

  @Test
  void predict_answer_hasLabelsAsTheCardHasThem() throws IOException {
    JsonNode answer = RawClient.post(address, "/predict?top=2", "image/jpeg", GREEN).json();
    assertThat(answer.get("model").asText()).isEqualTo("food");
    assertThat(answer.get("version").asText()).matches("[0-9a-f]{12}");
    assertThat(answer.get("none_of_these").asBoolean()).isFalse();
    assertThat(answer.get("predictions")).hasSize(2);
    JsonNode best = answer.get("predictions").get(0);
    assertThat(best.get("label").asText()).isEqualTo("green_salad");
    assertThat(best.get("display_name").asText()).isEqualTo("Salade verte à l’été");
    assertThat(best.has("metadata")).isFalse();
    assertThat(best.get("probability").floatValue()).isBetween(0.7f, 1f);
    JsonNode red = RawClient.post(address, "/predict", "image/jpeg", RED).json();
    assertThat(red.get("predictions").get(0).get("metadata").get("kcal").asInt()).isEqualTo(120);
  }

  @Test
  void predict_belowTheThreshold_isNoneOfThese() throws IOException {
    JsonNode answer = RawClient.post(address, "/predict", "image/jpeg", GREY).json();
    assertThat(answer.get("none_of_these").asBoolean()).isTrue();
    assertThat(answer.get("predictions")).hasSize(3);
    JsonNode sure = RawClient.post(address, "/predict?model=pixels", "image/jpeg", GREY).json();
    assertThat(sure.get("none_of_these").asBoolean()).as("no threshold").isFalse();
  }

  @Test
  void predict_anyPhoto_isExactlyWhatTheClassifierAnswers() throws IOException {
    for (String name : List.of("food", "pixels")) {
      try (PhotoClassifier classifier =
          PhotoClassifier.open(
              folder.resolve(name + ".onnx"),
              new ImageIoPhotoDecoder(PhotoLimits.ofPixels(50_000_000)),
              RuntimeSettings.shared(1))) {
        for (int seed = 1; seed <= 20; seed++) {
          byte[] photo =
              seed % 4 == 0
                  ? DrawnPhoto.png(30 + 7 * seed, 200 - 5 * seed, Color.ORANGE, seed)
                  : DrawnPhoto.jpeg(300 - 9 * seed, 20 + 11 * seed, Color.PINK, seed);
          Answer expected = classifier.answer(classifier.decode(photo), 3);
          JsonNode answer =
              RawClient.post(address, "/predict?model=" + name, "image/jpeg", photo).json();
          for (int i = 0; i < 3; i++) {
            JsonNode found = answer.get("predictions").get(i);
            assertThat(found.get("label").asText())
                .isEqualTo(expected.predictions().get(i).label().name());
            assertThat(found.get("probability").floatValue())
                .isEqualTo(expected.predictions().get(i).probability());
          }
          assertThat(answer.get("none_of_these").asBoolean()).isEqualTo(expected.noneOfThese());
        }
      }
    }
  }

  @Test
  void predict_modelAndTopFromQueryOrJson_areTheSame() throws IOException {
    JsonNode query =
        RawClient.post(address, "/predict?model=pixels&top=1", "image/png", BLUE).json();
    assertThat(query.get("model").asText()).isEqualTo("pixels");
    assertThat(query.get("predictions")).hasSize(1);
    assertThat(
            json("/predict", "{\"image\":\"" + base64(BLUE) + "\",\"model\":\"pixels\",\"top\":1}")
                .json())
        .isEqualTo(query);
    // as many as there are, not more
    assertThat(
            RawClient.post(address, "/predict?top=999", "image/png", BLUE)
                .json()
                .get("predictions"))
        .hasSize(3);
  }

  @Test
  void predict_topAboveTheClasses_isOneAnswerInTheCache() throws IOException {
    byte[] photo = DrawnPhoto.jpeg(new Color(200, 10, 90));
    Answered all = RawClient.post(address, "/predict?top=3", "image/jpeg", photo);
    assertThat(all.header("x-cache")).contains("miss");
    for (String top : List.of("4", "1000", "2147483647")) {
      Answered again = RawClient.post(address, "/predict?top=" + top, "image/jpeg", photo);
      assertThat(again.header("x-cache")).as(top).contains("hit");
      assertThat(again.body()).isEqualTo(all.body());
    }
    assertThat(RawClient.post(address, "/predict?top=2", "image/jpeg", photo).header("x-cache"))
        .contains("miss");
  }

  @Test
  void predict_several_areAnsweredInTheirOrder() throws IOException {
    JsonNode form = RawClient.post(address, "/predict", FORM, form(RED, GREEN, BLUE)).json();
    assertThat(form.get("results")).hasSize(3);
    assertThat(form.get("results").get(1).get("name").asText()).isEqualTo("photo-1.jpg");
    String images =
        "{\"images\":[\"%s\",\"%s\",\"%s\"]}".formatted(base64(RED), base64(GREEN), base64(BLUE));
    for (JsonNode several : List.of(form, json("/predict", images).json())) {
      for (int i = 0; i < 3; i++) {
        assertThat(best(several.get("results").get(i).get("answer")))
            .isEqualTo(DrawnModel.CLASSES.get(i));
      }
    }
    assertThat(json("/predict", "{\"images\":[\"" + base64(RED) + "\"]}").json().get("results"))
        .hasSize(1);
    assertThat(RawClient.post(address, "/predict/batch", "image/jpeg", RED).json().get("results"))
        .hasSize(1);
  }

  @Test
  void batch_onePhotoIsDamaged_spoilsOnlyItsOwnAnswer() throws IOException {
    byte[] damaged = Arrays.copyOf(RED, 100);
    Answered answer = RawClient.post(address, "/predict/batch", FORM, form(RED, damaged, GREEN));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = answer.json().get("results");
    assertThat(best(results.get(0).get("answer"))).isEqualTo("red_curry");
    assertThat(results.get(1).get("problem").get("status").asInt()).isEqualTo(422);
    assertThat(results.get(1).get("problem").get("detail").asText()).isNotEmpty();
    assertThat(best(results.get(2).get("answer"))).isEqualTo("green_salad");
  }

  @Test
  void names_withHalfASurrogatePairAtTheirCut_areAnswered() throws IOException {
    String name = "x".repeat(199) + "\ud83c\udf72" + "/../../etc/passwd";
    byte[] body = form(RED);
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String utf8 = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    Answered answer =
        RawClient.post(
            address,
            "/predict/batch",
            FORM,
            text.replace("photo-0.jpg", utf8).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("results").get(0).get("name").asText()).startsWith("xxx");
  }

  @Test
  void problems_ofUploads_areToldWithTheirStatus() throws IOException {
    String photo = base64(RED);
    assertProblem(415, RawClient.post(address, "/predict", "text/plain", RED));
    assertProblem(415, RawClient.post(address, "/predict", "application/xml", RED));
    assertProblem(400, RawClient.post(address, "/predict", "image/jpeg", new byte[0]));
    for (String boundary : List.of("", ";", "; boundary", "; boundary=", "; boundary=\"cut")) {
      assertProblem(
          400, RawClient.post(address, "/predict", "multipart/form-data" + boundary, form(RED)));
    }
    assertProblem(
        400, RawClient.post(address, "/predict", FORM, "--cut".getBytes(StandardCharsets.UTF_8)));
    assertProblem(400, RawClient.post(address, "/predict", FORM, form()));
    String nameless = "--cut\r\nContent-Disposition: form-data\r\n\r\n7\r\n--cut--\r\n";
    assertProblem(
        400,
        RawClient.post(address, "/predict", FORM, nameless.getBytes(StandardCharsets.US_ASCII)));
    assertProblem(422, RawClient.post(address, "/predict", "image/jpeg", Arrays.copyOf(RED, 60)));
    assertProblem(422, RawClient.post(address, "/predict", "image/jpeg", new byte[5000]));
    for (String document :
        List.of(
            "",
            "[]",
            "{}",
            "{\"image\":7}",
            "{\"image\":\"*\"}",
            "{\"images\":{}}",
            "{\"images\":[]}",
            "{\"images\":[null]}",
            "{\"image\":\"" + photo + "\"",
            "{\"image\":\"" + photo + "\"} {}",
            "{\"image\":\"" + photo + "\",\"top\":0}",
            "{\"image\":\"" + photo + "\",\"top\":1.5}",
            "[".repeat(100_000),
            "{\"a\":".repeat(1000))) {
      assertProblem(400, json("/predict", document));
    }
    assertProblem(400, RawClient.post(address, "/predict?top=many", "image/jpeg", RED));
    assertProblem(404, RawClient.post(address, "/predict?model=cars", "image/jpeg", RED));
    assertProblem(413, json("/predict", "{\"images\":[" + "\"aa\",".repeat(65) + "\"aa\"]}"));
    byte[][] many = new byte[65][];
    Arrays.fill(many, RED);
    assertProblem(413, RawClient.post(address, "/predict", FORM, form(many)));
  }

  @Test
  void problems_thatRepeatHalfASurrogatePair_areAnswered() throws IOException {
    String photo = base64(RED);
    assertProblem(404, json("/predict", "{\"image\":\"" + photo + "\",\"model\":\"\\ud83c\"}"));
    assertProblem(
        404,
        json(
            "/predict",
            "{\"image\":\"%s\",\"model\":\"%s\\ud83c\\udf72\"}".formatted(photo, "x".repeat(59))));
  }

  /** A setting that is not understood must not be answered as if it were not there. */
  @Test
  void problems_ofSettingsThatAreNone_areToldAndNotLeftOut() throws IOException {
    String photo = base64(RED);
    String big = "x".repeat(201);
    for (String setting :
        List.of(
            "\"model\":[\"pixels\"]",
            "\"model\":{\"name\":\"pixels\"}",
            "\"model\":\"" + big + "\"",
            "\"label\":[1]",
            "\"top\":[3]",
            "\"top\":true")) {
      assertProblem(400, json("/predict", "{\"image\":\"" + photo + "\"," + setting + "}"));
      assertProblem(400, json("/predict", "{" + setting + ",\"image\":\"" + photo + "\"}"));
    }
    String nothing = "{\"image\":\"" + photo + "\",\"model\":null,\"top\":null,\"label\":null}";
    assertThat(json("/predict", nothing).status()).isEqualTo(200);
    for (String field : List.of("model", "top", "label")) {
      String part =
          "--cut\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(field, big);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(form(RED));
      assertProblem(400, RawClient.post(address, "/predict", FORM, bytes.toByteArray()));
    }
  }

  private static void assertProblem(int status, Answered answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.header("content-type")).contains("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    for (String field : List.of("type", "title", "detail", "instance")) {
      assertThat(answer.json().get(field).asText()).as(field).isNotBlank();
    }
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("org.food4j.");
  }
}
