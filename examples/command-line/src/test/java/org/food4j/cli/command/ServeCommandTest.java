package org.food4j.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code food serve}: by the command's main class, and by the script. */
@Timeout(120)
class ServeCommandTest {
  /** Surefire runs in the module's folder. */
  private static final Path SCRIPT = Path.of("../food");

  private static final Pattern ADDRESS = Pattern.compile("Serving .* on (http://\\S+),");

  @TempDir private Path folder;

  private Path model() throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 3, 4, 4);
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", input));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    graph.output(flat, "logits", OnnxGraphBuilder.BATCH, 3);
    Path file = folder.resolve("colours.onnx");
    OnnxModelFile.write(
        file,
        graph.build(),
        ModelCard.of(Labels.of(List.of("red", "green", "blue")), Preprocessing.imagenet(4)));
    return file;
  }

  private static Process food(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name").equals("Linux")) {
      // What a shell starts in the background ignores Ctrl-C, and so does all that it starts.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", Food.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  /** The first line of the answer; Java's own client writes the header Host itself. */
  private static String calledBy(String name, URI address) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = "GET /models HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(name).getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }

  private static void assumeServerIsBuilt() {
    assumeThat(Path.of("../rest-server/target/classpath.txt"))
        .as("examples/rest-server is not built: mvn package builds it first")
        .exists();
  }

  private static URI address(BufferedReader output) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher said = ADDRESS.matcher(line);
      if (said.find()) {
        return URI.create(said.group(1));
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("The server ended without serving:\n" + before);
  }

  @Test
  void serve_byTheMainClass_servesUntilAskedToEnd() throws Exception {
    assumeServerIsBuilt();
    Process food =
        food("serve", "--model", "food=" + model(), "--port", "0", "--allow-host", "food.example");
    try (BufferedReader output = food.inputReader()) {
      URI address = address(output);
      ProcessHandle server = food.children().findFirst().orElseThrow();

      HttpRequest models = HttpRequest.newBuilder(address.resolve("/models")).build();
      assertThat(HttpClient.newHttpClient().send(models, BodyHandlers.ofString()).body())
          .contains("\"default\":\"food\"");
      assertThat(calledBy("food.example", address)).as("--allow-host").contains(" 200 ");
      assertThat(calledBy("evil.example", address)).contains(" 421 ");

      food.toHandle().destroy(); // Process.destroy would close the output, too
      assertThat(food.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(food.exitValue()).isZero();
      assertThat(server.isAlive()).isFalse();
      assertThat(output.lines()).anyMatch(line -> line.contains("Asked to end by SIGTERM"));
    } finally {
      food.descendants().forEach(ProcessHandle::destroyForcibly);
      food.destroyForcibly();
    }
  }

  @Test
  void serve_interruptedAndThenToldToEnd_stillEndsInOrder() throws Exception {
    assumeServerIsBuilt();
    Process food = food("serve", "--model", model().toString(), "--port", "0");
    try (BufferedReader output = food.inputReader()) {
      address(output);
      ProcessHandle server = food.children().findFirst().orElseThrow();

      // as Ctrl-C in a terminal does, which reaches both
      new ProcessBuilder("kill", "-INT", Long.toString(server.pid()), Long.toString(food.pid()))
          .start()
          .waitFor();

      assertThat(food.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(food.exitValue()).isZero();
      assertThat(output.lines()).anyMatch(line -> line.contains("Ended"));
    } finally {
      food.descendants().forEach(ProcessHandle::destroyForcibly);
      food.destroyForcibly();
    }
  }

  @Test
  void serve_wrongUsage_hasTheServersExitCode() throws Exception {
    assumeServerIsBuilt();
    Process food = food("serve", "--modle", "m.onnx");
    try (BufferedReader output = food.inputReader()) {
      assertThat(output.lines()).anyMatch(line -> line.contains("--model"));
      assertThat(food.waitFor()).isEqualTo(2);
    }
  }

  @Test
  void serve_help_isListedAndSaysWhereTheOptionsAre() {
    Screen screen = Screen.piped();
    assertThat(Food.run(screen.terminal(), "--help")).isZero();
    assertThat(screen.out()).containsPattern("(?m)^  serve +Serves ONNX models");
    assertThat(Food.run(screen.terminal(), "serve", "--help")).isZero();
    assertThat(screen.out())
        .contains(
            "--model [NAME=]FILE.onnx", "examples/food serve --help", "FOOD_PORT", "--allow-host");
  }

  @Test
  void command_options_areTheScripts() throws IOException {
    List<String> command = new ServerJvm("x", "320m").command(List.of("--port", "0"));

    String script = Files.readString(SCRIPT);
    assertThat(command)
        .contains("-Xmx320m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
        .endsWith(ServerJvm.MAIN, "--port", "0");
    command.stream()
        .filter(option -> option.startsWith("-X") && !option.startsWith("-Xmx"))
        .forEach(option -> assertThat(script).contains(option));
    assertThat(script).contains("-Xmx${FOOD_SERVER_HEAP:-320m}", "main=" + ServerJvm.MAIN);
  }

  /** In a tree of its own, with a Java that only tells how it was started. */
  @Test
  void script_serve_becomesTheServersJava() throws Exception {
    Path root = Files.createDirectories(folder.resolve("food4j"));
    Path target = Files.createDirectories(root.resolve("examples/rest-server/target/classes"));
    Path script = Files.copy(SCRIPT, root.resolve("examples/food"));
    Path jar = Files.createFile(root.resolve("onnxruntime.jar"));
    Files.createDirectories(root.resolve("examples/rest-server/src/main"));
    Files.createDirectories(root.resolve("food-data/src/main"));
    for (String pom : List.of("pom.xml", "food-data/pom.xml", "examples/rest-server/pom.xml")) {
      Files.createFile(root.resolve(pom));
    }
    Path list = target.resolveSibling("classpath.txt");
    Files.writeString(list, jar.toString());
    Files.setLastModifiedTime(list, FileTime.from(Instant.now().plusSeconds(60)));
    Path home = Files.createDirectories(folder.resolve("java/bin")).getParent();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = home.resolve("bin/java");
    Files.writeString(
        java,
        """
        #!/usr/bin/env bash
        printf '%s\\n' "$$" "$CLASSPATH" "$@"
        exit 7
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString(), "serve", "--model", "a b.onnx")
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.toString());
    builder.environment().put("FOOD_SERVER_HEAP", "1g");
    List.of("FOOD_MAVEN_ARGS", "FOOD_JAVA_OPTS").forEach(builder.environment()::remove);
    Process started = builder.start();
    List<String> said;
    try (BufferedReader output = started.inputReader()) {
      said = output.lines().toList();
    }

    assertThat(started.waitFor()).isEqualTo(7);
    assertThat(said.get(0)).as("the same process").isEqualTo(Long.toString(started.pid()));
    assertThat(said.get(1)).isEqualTo(target.toRealPath() + ":" + jar);
    assertThat(said)
        .contains("-Xmx1g", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
        .endsWith(ServerJvm.MAIN, "--model", "a b.onnx");
  }
}
