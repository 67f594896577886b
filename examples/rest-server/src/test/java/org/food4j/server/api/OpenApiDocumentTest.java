package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.server.api.ApiDocument.Operation;
import org.food4j.server.http.ApiKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document: whole, sound, and of the paths that the server has. */
class OpenApiDocumentTest {
  private static final Pattern TEMPLATE = Pattern.compile("\\{([^}]+)}");
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
  void paths_described_areTheServers() {
    Map<String, Set<String>> routes = new TreeMap<>(server.routes().listed());
    Map<String, Set<String>> described = document.methods();
    assertThat(routes).containsAllEntriesOf(described);

    // the parts that pages are made of are no interface
    routes.keySet().removeIf(path -> Pages.paths().contains(path) && !described.containsKey(path));
    assertThat(described).isEqualTo(routes);
  }

  @Test
  void document_references_leadSomewhereAndEverythingIsUsed() {
    document.references().forEach(one -> document.resolved(reference(one)));

    Set<String> components = new TreeSet<>();
    for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
      document
          .root()
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(name -> components.add("#/components/%s/%s".formatted(kind, name)));
    }
    assertThat(document.references()).isEqualTo(components);
  }

  private static JsonNode reference(String text) {
    return MAPPER.createObjectNode().put("$ref", text);
  }

  @Test
  void document_structure_isOpenApis() {
    JsonNode root = document.root();
    assertThat(root.get("openapi").asText()).matches("3\\.1\\.\\d+");
    assertThat(root.at("/info/title").asText()).isNotEmpty();
    assertThat(root.at("/info/version").asText()).isNotEmpty();
    Set<String> tags = Set.copyOf(root.get("tags").findValuesAsText("name"));
    List<String> identifiers = new ArrayList<>();
    for (Operation one : document.operations()) {
      String name = one.method() + " " + one.path();
      identifiers.add(one.node().path("operationId").asText());
      assertThat(one.node().path("summary").asText()).as(name).isNotEmpty();
      assertThat(tags).as(name).contains(one.node().at("/tags/0").asText());
      assertThat(inPath(one)).as(name).isEqualTo(templates(one.path()));
      assertThat(one.node().get("responses")).as(name).isNotEmpty();
      one.node()
          .get("responses")
          .properties()
          .forEach(
              response -> {
                assertThat(response.getKey()).as(name).matches("[2-5]\\d\\d");
                assertThat(document.resolved(response.getValue()).path("description").asText())
                    .as(name)
                    .isNotEmpty();
              });
    }
    assertThat(identifiers).doesNotHaveDuplicates().doesNotContain("");
    document.schemas().forEach(document::requireSound);
    Set<String> schemes = new TreeSet<>();
    root.get("security").forEach(one -> one.fieldNames().forEachRemaining(schemes::add));
    assertThat(schemes).containsExactly("apiKey", "bearer");
    root.at("/components/securitySchemes")
        .fieldNames()
        .forEachRemaining(scheme -> assertThat(schemes).contains(scheme));
    assertThat(root.at("/components/securitySchemes")).hasSize(schemes.size());
  }

  private static Set<String> templates(String path) {
    Set<String> names = new TreeSet<>();
    Matcher template = TEMPLATE.matcher(path);
    while (template.find()) {
      names.add(template.group(1));
    }
    return names;
  }

  private static Set<String> inPath(Operation one) {
    Set<String> names = new TreeSet<>();
    for (JsonNode given : one.node().path("parameters")) {
      JsonNode parameter = document.resolved(given);
      assertThat(List.of("path", "query", "header")).contains(parameter.get("in").asText());
      assertThat(parameter.has("schema")).isTrue();
      if (parameter.get("in").asText().equals("path")) {
        assertThat(parameter.get("required").asBoolean()).isTrue();
        names.add(parameter.get("name").asText());
      }
    }
    return names;
  }

  @Test
  void examples_ofAnswers_areAsTheirSchemasSay() {
    int seen = 0;
    for (Operation one : document.operations()) {
      for (JsonNode given : one.node().get("responses")) {
        for (JsonNode media : document.resolved(given).path("content")) {
          if (media.has("example")) {
            seen++;
            assertThat(document.faults(media.get("schema"), media.get("example"), one.path()))
                .isEmpty();
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(50);
  }
}
