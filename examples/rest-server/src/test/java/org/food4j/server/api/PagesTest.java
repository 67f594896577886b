package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static FoodServer server;

  @BeforeAll
  static void start() throws IOException {
    server = PageFixture.server(folder, PageFixture.keys(folder)); // the page needs none
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/app.css, text/css; charset=utf-8",
    "/app.js, text/javascript; charset=utf-8",
    "/page/camera.js, text/javascript; charset=utf-8",
    "/page/history.js, text/javascript; charset=utf-8",
    "/page/intake.js, text/javascript; charset=utf-8",
    "/page/photos.js, text/javascript; charset=utf-8",
    "/page/problems.js, text/javascript; charset=utf-8",
    "/page/results.js, text/javascript; charset=utf-8",
    "/page/server.js, text/javascript; charset=utf-8",
    "/favicon.svg, image/svg+xml",
    "/openapi.json, application/json"
  })
  void get_ofEachPage_hasItsTypeAndIsCheckedEachTime(String path, String type) throws Exception {
    HttpResponse<String> response = send("GET", path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotBlank();
    assertThat(header(response, "Content-Type")).contains(type);
    assertThat(header(response, "X-Content-Type-Options")).contains("nosniff");
    assertThat(header(response, "Cache-Control")).contains("no-cache");
    assertThat(header(response, "ETag")).get().asString().matches("\"[0-9a-f]{16}\"");
    assertThat(header(response, "Referrer-Policy")).contains("no-referrer");
  }

  @Test
  void get_ofThePage_letsItsOwnScriptsRunAndNothingElse() throws Exception {
    String policy = header(send("GET", "/"), "Content-Security-Policy").orElseThrow();

    assertThat(List.of(policy.split("; ")))
        .contains(
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");
    assertThat(policy).doesNotContain("unsafe", "*", "http", "data:");
  }

  @Test
  void get_ofThePage_saysWhatTheServerTakes() throws Exception {
    assertThat(send("GET", "/").body())
        .contains("data-most-bytes=\"" + PageFixture.MOST_BYTES + '"')
        .contains("data-most-pixels=\"100000000\"")
        .doesNotContain("{{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.css", "/app.js", "/favicon.svg"})
  void page_anyText_namesNoOtherHostAndRunsNothingInline(String path) throws Exception {
    String text = send("GET", path).body().replace("http://www.w3.org/2000/svg", "");

    assertThat(text).doesNotContain("//cdn", "http://", "https://", "@import", "innerHTML");
    if (path.equals("/")) {
      assertThat(Pattern.compile("\\son[a-z]+=|\\sstyle=|<script>").matcher(text).find()).isFalse();
    }
  }

  @Test
  void get_withTheCurrentTag_answersNotModifiedWithoutContent() throws Exception {
    HttpResponse<String> whole = send("GET", "/app.js");
    String tag = header(whole, "ETag").orElseThrow();
    Optional<String> length = header(whole, "Content-Length");

    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      HttpResponse<String> response = send("GET", "/app.js", "If-None-Match", known);
      assertThat(response.statusCode()).as(known).isEqualTo(304);
      assertThat(response.body()).isEmpty();
      assertThat(header(response, "ETag")).contains(tag);
      assertThat(header(response, "Content-Type")).isEmpty();
      assertThat(header(response, "Content-Length")).isEqualTo(length);
    }
  }

  @Test
  void get_withAnotherTag_answersWithContent() throws Exception {
    HttpResponse<String> response = send("GET", "/app.js", "If-None-Match", "\"0123456789abcdef\"");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotBlank();
  }

  @Test
  void head_ofThePage_hasTheHeadersAlone() throws Exception {
    HttpResponse<String> get = send("GET", "/");
    HttpResponse<String> head = send("HEAD", "/");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : List.of("Content-Type", "Content-Length", "ETag", "Cache-Control")) {
      assertThat(header(head, name)).as(name).isPresent().isEqualTo(header(get, name));
    }
  }

  @Test
  void options_ofThePage_tellsTheMethodsWithoutContent() throws Exception {
    HttpResponse<String> response = send("OPTIONS", "/");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(header(response, "Allow")).contains("GET, HEAD, OPTIONS");
    assertThat(header(response, "Content-Length")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /app.map, 404",
    "GET, /page/, 404",
    "GET, /page/index.html, 404",
    "GET, /page/..%2fapp.js, 404",
    "GET, /logback.xml, 404",
    "POST, /, 405"
  })
  void request_forNoPage_isAProblem(String method, String path, int status) throws Exception {
    HttpResponse<String> response = send(method, path);

    assertThat(response.statusCode()).isIn(status, 400); // what climbs is no HTTP to Jetty
    assertThat(header(response, "Content-Type")).contains("application/problem+json");
  }

  private static Optional<String> header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name);
  }

  private static HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
