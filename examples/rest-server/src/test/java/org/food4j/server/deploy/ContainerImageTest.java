package org.food4j.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.Color;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The image without an engine: the Dockerfile's own instructions, done in a directory, and the
 * server run in it as the image's user on a file system that cannot be written to. Needs root,
 * mmdebstrap, Debian's packages, and {@code mvn package} before.
 */
@Tag("slow")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerImageTest {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerImageTest.class);

  /** Surefire runs in the module's folder, which is the image's context. */
  private static final Path CONTEXT = Path.of("").toAbsolutePath();

  private Path work;
  private Dockerfile dockerfile;
  private RootFileSystem image;

  @BeforeAll
  void build() throws Exception {
    assumeThat(System.getProperty("user.name")).as("chroot needs root").isEqualTo("root");
    for (String tool : List.of("mmdebstrap", "unshare", "chroot")) {
      assumeThat(onPath(tool)).as("%s is not installed", tool).isTrue();
    }
    assumeThat(CONTEXT.resolve("target/image/lib"))
        .as("mvn package has not copied the image's libraries")
        .isDirectory();
    dockerfile = Dockerfile.read(CONTEXT.resolve("docker/Dockerfile"));
    work = Files.createTempDirectory("food4j-image");
    Path tar = work.resolve("base.tar");
    assertThat(dockerfile.stages())
        .hasSize(2)
        .extracting("base")
        .containsOnly("debian:bookworm-slim");
    RootFileSystem.writeBase(dockerfile.image().base(), tar);
    RootFileSystem built = RootFileSystem.unpacked(tar, work.resolve("build"));
    built.build(dockerfile.stages().get(0), CONTEXT, work);
    image = RootFileSystem.unpacked(tar, work.resolve("image"));
    long before = image.megabytes("");
    image.build(dockerfile.image(), CONTEXT, built.root());
    LOG.info(
        "Image: {} MB, of which Debian {} MB, Java {} MB, server {} MB",
        image.megabytes(""),
        before,
        image.megabytes("opt/java"),
        image.megabytes("opt/food4j"));
  }

  @AfterAll
  void delete() throws Exception {
    if (work != null) {
      RootFileSystem.run(List.of("rm", "-rf", "--one-file-system", work.toString()));
    }
  }

  private static boolean onPath(String tool) {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  @Test
  void context_libraries_areTheClassPath() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String entry :
        Files.readString(CONTEXT.resolve("target/classpath.txt")).strip().split(":")) {
      expected.add(Path.of(entry).getFileName().toString());
    }
    try (Stream<Path> jars = Files.list(CONTEXT.resolve("target/image/lib"))) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertThat(names.stream().filter(name -> !name.startsWith("food4j-rest-server-")))
          .as("an older build's are left: mvn clean package")
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(names).anyMatch(name -> name.startsWith("food4j-rest-server-"));
    }
  }

  @Test
  void image_content_isSmallAndHasNothingToSpare() throws IOException {
    assertThat(image.megabytes("")).isLessThan(200);
    assertThat(image.find("/opt/food4j/native/*"))
        .containsExactlyInAnyOrder(
            "/opt/food4j/native/libonnxruntime.so", "/opt/food4j/native/libonnxruntime4j_jni.so");
    assertThat(image.find("/usr/bin/{curl,wget,javac,gcc,python3}")).isEmpty();
    assertThat(image.find("/opt/food4j/lib/{nd4j,deeplearning4j,datavec,javacpp}*")).isEmpty();
    assertThat(image.find("/var/lib/apt/lists/*")).isEmpty();
    // nothing of the server may be changed by the user that it runs as
    for (String file : image.find("/opt/**")) {
      Path path = image.root().resolve("." + file);
      assertThat(Files.getAttribute(path, "unix:uid", java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .as(file)
          .isEqualTo(0);
      if (!Files.isSymbolicLink(path)) {
        assertThat(Files.getPosixFilePermissions(path).toString())
            .as(file)
            .doesNotContain("OTHERS_WRITE");
      }
    }
  }

  @Test
  void image_run_answersAsItsUserOnAReadOnlyRoot() throws Exception {
    Path models = Files.createDirectories(image.root().resolve("models"));
    ColourModel.write(models.resolve("model.onnx"), 4, false);
    int port = freePort();
    Process server = start(port);
    try (BufferedReader output = server.inputReader()) {
      List<String> said = awaitServing(output);
      assertThat(healthy(port)).isZero();
      assertThat(healthy(freePort())).as("of another port").isNotZero();

      ProcessHandle java =
          server.descendants().filter(ContainerImageTest::isJava).findFirst().orElseThrow();
      List<String> status = Files.readAllLines(Path.of("/proc/" + java.pid() + "/status"));
      assertThat(status).contains("Uid:\t10001\t10001\t10001\t10001", "CapEff:\t0000000000000000");

      for (String format : List.of("jpg", "png")) {
        HttpResponse<String> answer =
            predict(port, ColourModel.photo(new Color(20, 200, 30), format), "image/" + format);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"label\":\"salad\"");
      }

      // PID 1 of the container is the server: SIGTERM reaches it
      new ProcessBuilder("kill", "-TERM", Long.toString(java.pid())).start().waitFor();
      output.lines().forEach(said::add);
      assertThat(server.waitFor()).isZero();
      assertThat(said).anyMatch(line -> line.contains("Asked to end by SIGTERM"));
      said.stream().filter(line -> line.contains("ready after")).forEach(LOG::info);
    } finally {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
    }
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(name -> name.endsWith("/java")).isPresent();
  }

  /** As an engine does with {@code --read-only --tmpfs /tmp}, but for the network. */
  private Process start(int port) throws IOException {
    String[] user = dockerfile.image().last("USER").split(":");
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-euc",
                """
                root=$1
                shift
                mount --bind "$root" "$root"
                mount -t proc proc "$root/proc"
                mount -t tmpfs -o size=1m,noexec,mode=1777 tmpfs "$root/tmp"
                mount -o remount,ro,bind "$root"
                exec chroot "$@"
                """,
                "sh",
                image.root().toString(),
                "--userspec=%s:%s".formatted(user[0], user[1]),
                "--groups=",
                image.root().toString(),
                "env",
                "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
    environment(port).forEach((key, value) -> command.add(key + "=" + value));
    command.addAll(Dockerfile.command(dockerfile.image().last("ENTRYPOINT")));
    command.addAll(Dockerfile.command(dockerfile.image().last("CMD")));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The image's, but for the network, which a container would have of its own. */
  private Map<String, String> environment(int port) {
    Map<String, String> environment = dockerfile.image().environment();
    assertThat(environment).containsKeys("FOOD_HOST", "FOOD_PORT");
    environment.put("FOOD_HOST", "127.0.0.1");
    environment.put("FOOD_PORT", Integer.toString(port));
    return environment;
  }

  private static List<String> awaitServing(BufferedReader output) throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains("Serving [model]")) {
        return said;
      }
    }
    throw new AssertionError("The server ended without serving:\n" + String.join("\n", said));
  }

  private int healthy(int port) throws IOException, InterruptedException {
    String check = dockerfile.image().last("HEALTHCHECK");
    List<String> command = new ArrayList<>(List.of("chroot", image.root().toString()));
    command.addAll(Dockerfile.command(check.substring(check.indexOf("CMD") + 3)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment(port));
    return builder.start().waitFor();
  }

  private static HttpResponse<String> predict(int port, byte[] photo, String type)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/predict"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(photo))
                .build(),
            BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
