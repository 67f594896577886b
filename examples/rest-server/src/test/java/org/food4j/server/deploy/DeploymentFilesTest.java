package org.food4j.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.food4j.server.Main;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The Dockerfile, the compose file and the Kubernetes manifests: whole, and of one mind. */
class DeploymentFilesTest {
  private static final Path FOLDER = Path.of("docker");
  private static final String LABEL = "app.kubernetes.io/name";

  private static Dockerfile dockerfile;
  private static JsonNode compose;
  private static Map<String, JsonNode> manifests;

  @BeforeAll
  static void read() throws IOException {
    dockerfile = Dockerfile.read(FOLDER.resolve("Dockerfile"));
    compose = documents("compose.yaml").get(0).at("/services/food4j");
    manifests = new LinkedHashMap<>();
    for (JsonNode manifest : documents("kubernetes.yaml")) {
      assertThat(manifest.get("apiVersion").asText()).isNotEmpty();
      assertThat(manifest.at("/metadata/name").asText()).isEqualTo("food4j");
      manifests.put(manifest.get("kind").asText(), manifest);
    }
  }

  private static List<JsonNode> documents(String file) throws IOException {
    YAMLFactory strict =
        YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();
    YAMLMapper mapper = new YAMLMapper(strict);
    mapper.enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    try (MappingIterator<JsonNode> all =
        mapper.readerFor(JsonNode.class).readValues(FOLDER.resolve(file).toFile())) {
      return all.readAll();
    }
  }

  private static JsonNode pod() {
    return manifests.get("Deployment").at("/spec/template/spec");
  }

  private static JsonNode container() {
    return pod().at("/containers/0");
  }

  @Test
  void dockerfile_image_runsAsNobodyAndEndsBySigterm() throws IOException {
    Dockerfile.Stage image = dockerfile.image();
    assertThat(image.last("USER")).isEqualTo("10001:10001");
    assertThat(image.last("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(Dockerfile.command(image.last("ENTRYPOINT")))
        .containsExactly("/opt/food4j/bin/serve");
    assertThat(image.last("HEALTHCHECK")).contains("/opt/food4j/bin/healthy");
    assertThat(image.last("LABEL")).contains("org.opencontainers.image.licenses=\"Apache-2.0\"");
    assertThat(image.environment()).containsEntry("FOOD_SERVER_HEAP", "320m");
    // the shell becomes Java, so that the first process of the container gets the signal
    assertThat(Files.readString(FOLDER.resolve("serve"))).contains("\nexec /opt/java/bin/java");
    for (String script : List.of("serve", "healthy", "assemble")) {
      assertThat(FOLDER.resolve(script)).isExecutable();
    }
  }

  @Test
  void ignoreFile_whatIsCopied_isLetThrough() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve("Dockerfile.dockerignore"));
    assertThat(lines.get(0)).isEqualTo("*");
    for (Dockerfile.Stage stage : dockerfile.stages()) {
      for (Dockerfile.Instruction one : stage.instructions()) {
        if (one.kind().equals("COPY") && !one.arguments().startsWith("--from")) {
          List<String> words = List.of(one.arguments().split("\\s+"));
          words
              .subList(0, words.size() - 1)
              .forEach(source -> assertThat(lines).contains("!" + source));
        }
      }
    }
  }

  @Test
  void compose_service_isLockedIn() {
    assertThat(compose.at("/build/dockerfile").asText()).isEqualTo("docker/Dockerfile");
    assertThat(compose.get("read_only").asBoolean()).isTrue();
    assertThat(compose.at("/cap_drop/0").asText()).isEqualTo("ALL");
    assertThat(compose.at("/ports/0").asText()).startsWith("127.0.0.1:");
    assertThat(compose.at("/volumes/0/read_only").asBoolean()).isTrue();
    assertThat(compose.at("/tmpfs/0").asText()).startsWith("/tmp:");
    assertThat(compose.get("mem_limit").asText()).isEqualTo("768m");
  }

  @Test
  void commands_everywhere_areTheImages() {
    List<String> image = Dockerfile.command(dockerfile.image().last("CMD"));
    assertThat(texts(compose.get("command"))).isEqualTo(image);
    assertThat(texts(container().get("args"))).isEqualTo(image);
  }

  /** So that another command still listens where the engine and the health check look. */
  @Test
  void ports_everywhere_areTheImagesWhateverItsCommand() throws IOException {
    String port = dockerfile.image().last("EXPOSE");
    assertThat(dockerfile.image().environment())
        .containsEntry("FOOD_HOST", "0.0.0.0")
        .containsEntry("FOOD_PORT", port);
    assertThat(dockerfile.image().last("CMD")).doesNotContain("--host", "--port");
    assertThat(container().at("/ports/0/containerPort").asText()).isEqualTo(port);
    assertThat(
            manifests
                .get("Deployment")
                .at("/spec/template/metadata/annotations/prometheus.io~1port")
                .asText())
        .isEqualTo(port);
    assertThat(compose.at("/ports/0").asText()).endsWith(":" + port);
    assertThat(Files.readString(FOLDER.resolve("healthy"))).contains("${FOOD_PORT:-" + port + "}");
    // of a Service named food, service links would make FOOD_PORT=tcp://...
    assertThat(pod().get("enableServiceLinks").asBoolean(true)).isFalse();
  }

  /** Published on loopback, and in the container listening on all addresses: names tell. */
  @Test
  void names_whereBrowsersReachTheServer_areToldToIt() throws IOException {
    assertThat(compose.at("/ports/0").asText()).startsWith("127.0.0.1:");
    assertThat(compose.at("/environment/FOOD_ALLOWED_HOSTS").asText())
        .isEqualTo("${ALLOWED_HOSTS:-localhost,127.0.0.1}");
    assertThat(dockerfile.image().environment()).doesNotContainKey("FOOD_ALLOWED_HOSTS");
    assertThat(container().get("env").findValuesAsText("name"))
        .as("services and probes have many names")
        .doesNotContain("FOOD_ALLOWED_HOSTS");
    assertThat(Files.readString(FOLDER.resolve("kubernetes.yaml")))
        .contains("No FOOD_ALLOWED_HOSTS: ");
    assertThat(Files.readString(FOLDER.resolve("serve"))).contains("FOOD_ALLOWED_HOSTS  ");
    assertThat(
            new CommandLine(new Main()).getCommandSpec().findOption("--allow-host").description())
        .anyMatch(line -> line.contains("FOOD_ALLOWED_HOSTS"));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new java.util.ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Test
  void kubernetes_pods_areLockedIn() {
    assertThat(pod().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(
            pod().at("/securityContext/runAsUser").asText()
                + ":"
                + pod().at("/securityContext/runAsGroup").asText())
        .isEqualTo(dockerfile.image().last("USER"));
    assertThat(pod().at("/securityContext/seccompProfile/type").asText())
        .isEqualTo("RuntimeDefault");
    assertThat(pod().get("automountServiceAccountToken").asBoolean(true)).isFalse();
    JsonNode security = container().get("securityContext");
    assertThat(security.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.get("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    for (String kind : List.of("requests", "limits")) {
      assertThat(container().at("/resources/" + kind).has("memory")).isTrue();
      assertThat(container().at("/resources/" + kind).has("cpu")).isTrue();
    }
  }

  @Test
  void kubernetes_probes_askWhatTheServerAnswers() {
    assertThat(container().at("/startupProbe/httpGet/path").asText()).isEqualTo("/v2/health/ready");
    assertThat(container().at("/readinessProbe/httpGet/path").asText())
        .isEqualTo("/v2/health/ready");
    assertThat(container().at("/livenessProbe/httpGet/path").asText()).isEqualTo("/v2/health/live");
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertThat(container().at("/" + probe + "/httpGet/port").asText())
          .isEqualTo(container().at("/ports/0/name").asText());
    }
    assertThat(manifests.get("Service").at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
  }

  @Test
  void kubernetes_gracePeriod_coversPreStopAndDraining() {
    Duration preStop =
        Duration.ofSeconds(container().at("/lifecycle/preStop/exec/command/1").asLong());
    assertThat(preStop).isPositive();
    assertThat(pod().get("terminationGracePeriodSeconds").asLong())
        .isGreaterThan(preStop.plus(draining()).toSeconds());
  }

  @Test
  void compose_gracePeriod_coversDraining() {
    String period = compose.get("stop_grace_period").asText();
    assertThat(Duration.parse("PT" + period)).isGreaterThan(draining());
  }

  /** What the server takes where, as in these files, nobody says --drain. */
  private static Duration draining() {
    assertThat(texts(compose.get("command"))).doesNotContain("--drain");
    CommandLine.Model.OptionSpec option =
        new CommandLine(new Main()).getCommandSpec().findOption("--drain");
    return Duration.ofSeconds(Long.parseLong(option.defaultValue()));
  }

  @Test
  void comments_drainingTime_isTheServers() throws IOException {
    String time = draining().toSeconds() + " s";
    assertThat(Files.readString(FOLDER.resolve("compose.yaml")))
        .contains("answered for " + time + " (--drain)");
    assertThat(Files.readString(FOLDER.resolve("kubernetes.yaml"))).contains("--drain's " + time);
  }

  @Test
  void kubernetes_selectors_findThePods() {
    assertThat(manifests)
        .containsOnlyKeys(
            "Deployment", "Service", "PodDisruptionBudget", "HorizontalPodAutoscaler");
    JsonNode labels = manifests.get("Deployment").at("/spec/template/metadata/labels");
    assertThat(labels.get(LABEL).asText()).isEqualTo("food4j");
    for (String kind : List.of("Deployment", "PodDisruptionBudget")) {
      assertThat(manifests.get(kind).at("/spec/selector/matchLabels")).isEqualTo(labels);
    }
    assertThat(manifests.get("Service").at("/spec/selector")).isEqualTo(labels);
    JsonNode scaled = manifests.get("HorizontalPodAutoscaler").at("/spec/scaleTargetRef");
    assertThat(scaled.get("kind").asText()).isEqualTo("Deployment");
    assertThat(scaled.get("name").asText()).isEqualTo("food4j");
    int replicas = manifests.get("HorizontalPodAutoscaler").at("/spec/minReplicas").asInt();
    assertThat(manifests.get("Deployment").get("spec").has("replicas")).isFalse();
    assertThat(manifests.get("PodDisruptionBudget").at("/spec/minAvailable").asInt())
        .isLessThan(replicas);
  }
}
