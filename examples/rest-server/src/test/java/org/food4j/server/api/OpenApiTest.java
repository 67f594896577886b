package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.server.api.ApiDocument.Operation;
import org.food4j.server.deploy.ColourModel;
import org.food4j.server.http.ApiKeys;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server does what the OpenAPI document says. */
class OpenApiTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private static Path folder;
  private static ApiDocument document;
  private static FoodServer server;

  @BeforeAll
  static void start() throws IOException {
    document = ApiDocument.own();
    server = ColourServer.start(folder, ApiKeys.NONE);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void gets_everyOne_answerAsDescribed() throws Exception {
    for (Operation one : document.operations()) {
      if (one.method().equals("GET")) {
        HttpResponse<byte[]> response = send(request(one.path(), ColourServer.FOOD).GET().build());
        assertThat(response.statusCode()).as(one.path()).isEqualTo(200);
        requireDescribed(one, response);
      }
    }
  }

  /** Whoever is told a version can ask whether it is still the current one. */
  @Test
  void gets_withAVersion_areNotModifiedAndSaySoInTheDocument() throws Exception {
    List<String> versioned = new ArrayList<>();
    for (Operation one : document.operations()) {
      if (!one.method().equals("GET")) {
        continue;
      }
      HttpResponse<byte[]> whole = send(request(one.path(), ColourServer.FOOD).GET().build());
      Optional<String> tag = whole.headers().firstValue("ETag");
      boolean described = one.node().get("responses").has("304");
      assertThat(described).as(one.path()).isEqualTo(tag.isPresent());
      assertThat(parameters(one).contains("If-None-Match")).as(one.path()).isEqualTo(described);
      if (described) {
        HttpResponse<byte[]> again =
            send(
                request(one.path(), ColourServer.FOOD)
                    .header("If-None-Match", tag.get())
                    .GET()
                    .build());
        assertThat(again.statusCode()).as(one.path()).isEqualTo(304);
        assertThat(again.headers().firstValue("ETag")).isEqualTo(tag);
        requireDescribed(one, again);
        versioned.add(one.path());
      }
    }
    assertThat(versioned).containsExactly("/openapi.json", "/docs");
  }

  private static Set<String> parameters(Operation one) {
    Set<String> names = new TreeSet<>();
    one.node()
        .path("parameters")
        .forEach(p -> names.add(document.resolved(p).get("name").asText()));
    return names;
  }

  /** A query that is none: whoever reads one says so, and the document says that he does. */
  @Test
  void queries_malformed_areBadRequestsWhereTheDocumentKnowsParameters() throws Exception {
    int asked = 0;
    for (Operation one : document.operations()) {
      boolean reads = false;
      for (JsonNode given : one.node().path("parameters")) {
        reads |= document.resolved(given).get("in").asText().equals("query");
      }
      if (reads && one.method().equals("GET")) {
        requireProblem("GET", one.path(), "?model=%ff", "", new byte[0], 400);
        asked++;
      }
    }
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void jsonExamples_ofRequests_areAnsweredAsDescribed() throws Exception {
    int sent = 0;
    for (Operation one : document.operations()) {
      JsonNode json = one.node().at("/requestBody/content/application~1json");
      if (json.isMissingNode()) {
        continue;
      }
      List<JsonNode> examples = new ArrayList<>();
      json.path("examples").forEach(example -> examples.add(example.get("value")));
      if (json.has("example")) {
        examples.add(json.get("example"));
      }
      assertThat(examples).as(one.path()).isNotEmpty();
      for (JsonNode example : examples) {
        assertThat(document.faults(json.get("schema"), example, one.path())).isEmpty();
        HttpRequest request =
            request(one.path(), ColourServer.SMALL)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(example.toString()))
                .build();
        HttpResponse<byte[]> response = send(request);
        assertThat(response.statusCode()).as("%s: %s", one.path(), text(response)).isEqualTo(200);
        requireDescribed(one, response);
        sent++;
      }
    }
    assertThat(sent).isEqualTo(9);
  }

  @Test
  void photos_inEveryForm_areAnsweredAsDescribed() throws Exception {
    byte[] photo = ColourModel.photo(Color.GREEN, "jpg");
    String form =
        "--X\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n";
    ByteArrayOutputStream multipart = new ByteArrayOutputStream();
    multipart.writeBytes(form.getBytes(StandardCharsets.US_ASCII));
    multipart.writeBytes(photo);
    multipart.writeBytes("\r\n--X--\r\n".getBytes(StandardCharsets.US_ASCII));
    for (Operation one : document.operations()) {
      JsonNode content = one.node().at("/requestBody/content");
      if (!content.has("multipart/form-data")) {
        continue;
      }
      Map<String, byte[]> bodies =
          Map.of(
              "multipart/form-data; boundary=X", multipart.toByteArray(),
              "image/jpeg", photo,
              "application/octet-stream", photo);
      for (Map.Entry<String, byte[]> body : bodies.entrySet()) {
        HttpRequest request =
            request(one.path(), ColourServer.FOOD)
                .header("Content-Type", body.getKey())
                .POST(BodyPublishers.ofByteArray(body.getValue()))
                .build();
        HttpResponse<byte[]> response = send(request);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        requireDescribed(one, response);
      }
    }
  }

  @Test
  void inferExample_withItsValuesBehindIt_isAnswered() throws Exception {
    Operation infer =
        document.operations().stream()
            .filter(one -> one.path().equals("/v2/models/{model}/infer"))
            .findFirst()
            .orElseThrow();
    String object =
        infer.node().at("/requestBody/content/application~1octet-stream/example").asText();
    int values = MAPPER.readTree(object).at("/inputs/0/parameters/binary_data_size").asInt();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(object.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(new byte[values]);

    HttpResponse<byte[]> response =
        send(
            request(infer.path(), ColourServer.FOOD)
                .header("Content-Type", "application/octet-stream")
                .header("Inference-Header-Content-Length", Integer.toString(object.length()))
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build());

    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    requireDescribed(infer, response);
  }

  @Test
  void problems_ofEveryKindThatAClientCanCause_areDescribed() throws Exception {
    byte[] photo = ColourModel.photo(Color.RED, "png");
    requireProblem("POST", "/predict", "?top=0", "image/png", photo, 400);
    requireProblem("POST", "/predict", "?model=none", "image/png", photo, 404);
    requireProblem("POST", "/predict", "", "image/png", new byte[5 << 20], 413);
    requireProblem("POST", "/predict", "", "text/plain", photo, 415);
    requireProblem("POST", "/predict", "", "image/png", "no photo".getBytes(), 422);
    requireProblem("POST", "/explain", "?model=small", "image/png", photo, 409);
    requireProblem("GET", "/labels", "?model=none", "", new byte[0], 404);
    requireProblem(
        "POST", "/v2/models/{model}/infer", "", "application/json", "{}".getBytes(), 400);
  }

  /** What only browsers and proxies cause; java.net.http would write Host itself. */
  @Test
  void problems_ofPagesOfOtherSites_areDescribed() throws IOException {
    for (Operation one : document.operations()) {
      boolean health = one.path().startsWith("/v2/health/");
      requireCrossSite(one, "evil.example", "", health ? 200 : 421);
      if (one.method().equals("POST")) {
        requireCrossSite(one, "localhost", "Origin: https://evil.example\r\n", 403);
      }
    }
  }

  private static void requireCrossSite(Operation one, String host, String origin, int status)
      throws IOException {
    String path = one.path().replace("{model}", ColourServer.FOOD).replace("{version}", "1");
    try (RawClient client = new RawClient(server.address())) {
      client.send(
          "%s %s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: 0\r\n\r\n"
              .formatted(one.method(), path, host, origin));
      Answered answer = client.read().orElseThrow();
      assertThat(answer.status()).as(path).isEqualTo(status);
      JsonNode described =
          document.resolved(one.node().get("responses").path(Integer.toString(status)));
      assertThat(described.isMissingNode()).as("%s %d", path, status).isFalse();
      String type = answer.header("content-type").orElseThrow();
      JsonNode schema = described.get("content").path(type).path("schema");
      assertThat(document.faults(schema, answer.json(), path)).isEmpty();
    }
  }

  @Test
  void problems_ofCompressedBodies_areDescribed() throws Exception {
    int sent = 0;
    for (Operation one : document.operations()) {
      if (one.method().equals("POST")) {
        HttpRequest request =
            request(one.path(), ColourServer.FOOD)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[20]))
                .build();
        HttpResponse<byte[]> response = send(request);
        assertThat(response.statusCode()).as(one.path()).isEqualTo(415);
        requireDescribed(one, response);
        sent++;
      }
    }
    assertThat(sent).isEqualTo(5);
  }

  private static void requireProblem(
      String method, String path, String query, String type, byte[] body, int status)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                server.address().resolve(path.replace("{model}", ColourServer.FOOD) + query))
            .method(method, BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<byte[]> response = send(request.build());
    assertThat(response.statusCode()).as("%s: %s", path, text(response)).isEqualTo(status);
    requireDescribed(
        document.operations().stream()
            .filter(one -> one.path().equals(path) && one.method().equals(method))
            .findFirst()
            .orElseThrow(),
        response);
  }

  /** A path's request, with its template filled in; elsewhere the query names the model. */
  private static HttpRequest.Builder request(String path, String model) {
    String version =
        server.models().hold(Optional.of(model)).map(OpenApiTest::versionAndRelease).orElseThrow();
    String filled = path.replace("{model}", model).replace("{version}", version);
    boolean explains = path.equals("/explain");
    boolean named = explains || path.startsWith("/v2") || !path.startsWith("/predict");
    return HttpRequest.newBuilder(
        server.address().resolve(named ? filled : filled + "?model=" + model));
  }

  private static String versionAndRelease(org.food4j.server.model.ServedModel model) {
    model.release();
    return model.version();
  }

  private static HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Status, media type, headers and content are in the document. */
  private static void requireDescribed(Operation one, HttpResponse<byte[]> response)
      throws IOException {
    JsonNode given = one.node().get("responses").path(Integer.toString(response.statusCode()));
    assertThat(given.isMissingNode()).as("%s %d", one.path(), response.statusCode()).isFalse();
    JsonNode described = document.resolved(given);
    described
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.startsWith("Inference") && !name.equals("X-Cache")) {
                assertThat(response.headers().firstValue(name)).as(name).isPresent();
              }
            });
    for (String name : List.of("X-Request-Id", "ETag", "X-Cache", "Retry-After")) {
      assertThat(described.path("headers").has(name) || !response.headers().map().containsKey(name))
          .as("%s answers with %s", one.path(), name)
          .isTrue();
    }
    Optional<String> type =
        response.headers().firstValue("Content-Type").map(value -> value.split(";", 2)[0]);
    if (type.isEmpty()) {
      assertThat(described.has("content")).isFalse();
      assertThat(response.body()).isEmpty();
      return;
    }
    JsonNode media = ((ObjectNode) described.get("content")).path(type.get());
    assertThat(media.isMissingNode()).as("%s %s", one.path(), type.get()).isFalse();
    if (type.get().endsWith("json")) {
      JsonNode value = MAPPER.readTree(response.body());
      assertThat(document.faults(media.get("schema"), value, one.path())).isEmpty();
    }
  }

  @Test
  void docs_page_mayLoadNothingFromElsewhere() throws Exception {
    HttpResponse<byte[]> page = send(request("/docs", ColourServer.FOOD).GET().build());
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    Matcher link = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(text(page));
    int loaded = 0;
    while (link.find()) {
      if (!link.group(1).startsWith("data:")) {
        HttpResponse<byte[]> part = send(request("/" + link.group(1), "food").GET().build());
        assertThat(part.statusCode()).as(link.group(1)).isEqualTo(200);
        loaded++;
      }
    }
    assertThat(loaded).isGreaterThanOrEqualTo(3);
    assertThat(text(page)).doesNotContain("style=", "onclick", "<style");
  }
}
