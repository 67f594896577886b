package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.Color;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.food4j.server.deploy.ColourModel;
import org.food4j.server.http.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Postman collection, run by newman against a server, with keys and without. */
@Timeout(180)
class PostmanTest {
  private static final Path FOLDER = Path.of("src/test/postman").toAbsolutePath();
  private static final Path NEWMAN = FOLDER.resolve("node_modules/newman/bin/newman.js");
  private static final String COLLECTION = "food4j.postman_collection.json";
  private static final String KEY = "a-key-of-the-tests-0123456789";

  @TempDir private Path folder;

  @Test
  void collection_requests_coverEveryOperation() throws IOException {
    Map<String, Set<String>> asked = new TreeMap<>();
    JsonNode collection = new JsonMapper().readTree(FOLDER.resolve(COLLECTION).toFile());
    for (JsonNode request : collection.findValues("request")) {
      StringBuilder path = new StringBuilder();
      for (JsonNode part : request.at("/url/path")) {
        path.append('/')
            .append(
                part.asText().replace("{{model}}", "{model}").replace("{{version}}", "{version}"));
      }
      asked
          .computeIfAbsent(path.toString(), one -> new TreeSet<>())
          .add(request.get("method").asText());
    }
    ApiDocument.own()
        .methods()
        .forEach((path, methods) -> assertThat(asked.get(path)).as(path).containsAll(methods));
  }

  @Test
  void newman_serverWithKeys_passes() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys.txt"), KEY + "\n");
    runCollection(ApiKeys.read(keys), List.of("--env-var", "key=" + KEY));
  }

  @Test
  void newman_serverWithoutKeys_passes() throws Exception {
    runCollection(ApiKeys.NONE, List.of());
  }

  private void runCollection(ApiKeys keys, List<String> more) throws Exception {
    assumeThat(nodeIsThere()).as("node is not installed").isTrue();
    assumeThat(NEWMAN).as("newman is not installed: npm ci in " + FOLDER).exists();
    Files.write(folder.resolve("photo.png"), ColourModel.photo(Color.RED, "png"));
    Files.writeString(folder.resolve("letter.txt"), "no photo");
    try (FoodServer server = ColourServer.start(folder, keys)) {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("node", NEWMAN.toString(), "run", COLLECTION, "--color", "off"));
      command.addAll(List.of("--disable-unicode", "--timeout-request", "30000"));
      command.addAll(List.of("--working-dir", folder.toString()));
      command.addAll(List.of("--env-var", "address=" + server.address()));
      command.addAll(more);
      Process newman =
          new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
      StringBuilder output = new StringBuilder();
      try (BufferedReader lines = newman.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          output.append(line).append('\n');
          if (line.contains("total run duration")) {
            // Node now and then waits for the connections that it keeps: a minute, or until they
            // end
            server.drain(Duration.ofSeconds(2));
          }
        }
      }
      assertThat(newman.waitFor()).as(output.toString()).isZero();
      assertThat(output).contains("assertions", "total run duration");
    }
  }

  private static boolean nodeIsThere() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "node")));
  }
}
