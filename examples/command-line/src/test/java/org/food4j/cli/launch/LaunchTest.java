package org.food4j.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the command on Windows, held against the script that runs here. */
class LaunchTest {
  /** Surefire runs in the module's folder. */
  private static final Path EXAMPLES = Path.of("..");

  private static final Path SOURCE =
      Path.of("src/main/java/org/food4j/cli/launch/Launch.java").toAbsolutePath();

  @TempDir Path root;

  private Path target;
  private Path classPath;

  /** A tree that was built just now. */
  @BeforeEach
  void build() throws IOException {
    target = root.resolve("examples/command-line/target");
    Files.createDirectories(target.resolve("classes"));
    Files.createDirectories(root.resolve("examples/command-line/src/main/java"));
    Files.createDirectories(root.resolve("food-data/src/main/java"));
    Files.createFile(root.resolve("pom.xml"));
    Files.createFile(root.resolve("food-data/pom.xml"));
    Path jar = Files.createFile(root.resolve("dl4j.jar"));
    classPath = Files.writeString(target.resolve("classpath.txt"), jar.toString());
    Files.writeString(target.resolve("build.arguments"), "");
    later(classPath, 60);
  }

  private static void later(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private Launch launch(Map<String, String> environment) {
    return new Launch(root, environment, Launch.Part.COMMAND);
  }

  private static Set<String> matches(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static Set<String> javaOptions(String text) {
    String options =
        "-X[a-z]+[0-9]+m|-X(?:mx)|-XX:[+A-Za-z]+(?:=\\d+)?|--(?:enable-native|sun-misc)[a-z-]+=\\S+?\\b"
            + "|-D[a-zA-Z.]+(?==)";
    return matches(text.replace("-DskipTests", ""), options);
  }

  @Test
  void options_ofJava_areTheScripts() throws IOException {
    Set<String> script = javaOptions(Files.readString(EXAMPLES.resolve("food")));
    // What tells Java of a terminal, which it is not asked about on Windows.
    script.removeAll(Set.of("-Dfood.terminal", "-Dfood.columns"));
    assertThat(script)
        .contains("-XX:+UseSerialGC", "-Xms96m", "-Dorg.bytedeco.javacpp.maxphysicalbytes");
    assertThat(javaOptions(Files.readString(SOURCE))).containsAll(script);
  }

  @Test
  void variables_areTheScripts() throws IOException {
    Set<String> script = matches(Files.readString(EXAMPLES.resolve("food")), "FOOD_[A-Z_]+");
    String batch = Files.readString(EXAMPLES.resolve("food.cmd"));
    assertThat(script).contains("FOOD_HEAP", "FOOD_MAVEN_ARGS");
    assertThat(matches(batch, "FOOD_[A-Z_]+")).isEqualTo(script);
    script.removeAll(Set.of("FOOD_HOST", "FOOD_PORT")); // the server reads these itself
    assertThat(matches(Files.readString(SOURCE), "FOOD_[A-Z_]+")).containsAll(script);
    assertThat(List.of(batch, Files.readString(SOURCE), Files.readString(EXAMPLES.resolve("food"))))
        .allMatch(text -> text.contains("HADOOP_CONF_DIR"));
  }

  /** What Spark reaches into is opened the same way by both, and for clusters alone. */
  @Test
  void packages_openedForSpark_areTheScripts() throws IOException {
    String script = Files.readString(EXAMPLES.resolve("food"));
    String loop =
        script.substring(script.indexOf("for package in "), script.indexOf("--add-opens"));
    Set<String> opened = matches(loop, "(?:java|sun)\\.[a-z.]+");
    assertThat(opened).contains("java.lang", "sun.nio.ch");
    List<String> cluster =
        new Launch(root, Map.of(), Launch.Part.of(List.of("train", "--spark-master=local[2]")))
            .command(List.of());
    assertThat(matches(String.join(" ", cluster), "(?<=java.base/)[a-z.]+")).isEqualTo(opened);
    assertThat(launch(Map.of()).command(List.of())).noneMatch(one -> one.contains("add-opens"));
  }

  @Test
  void batchFile_runsThisSource_andItsLabelsCanBeFound() throws IOException {
    String batch = Files.readString(EXAMPLES.resolve("food.cmd"));
    String source = "command-line\\src\\main\\java\\org\\food4j\\cli\\launch\\Launch.java";
    assertThat(batch).contains("\"%~dp0" + source + "\" %*");
    assertThat(EXAMPLES.resolve(source.replace('\\', '/'))).exists();
    assertThat(batch.lines().count()).isEqualTo(batch.split("\r\n", -1).length - 1L);
    assertThat(matches(batch, "(?m)(?<=goto )\\w+"))
        .isNotEmpty()
        .allSatisfy(label -> assertThat(batch).contains("\r\n:" + label + "\r\n"));
  }

  @Test
  void isStale_builtJustNow_isNot() throws IOException {
    assertThat(launch(Map.of()).isStale()).isFalse();
  }

  @Test
  void isStale_changedSource_is() throws IOException {
    Path source = Files.createFile(root.resolve("food-data/src/main/java/Photo.java"));
    assertThat(launch(Map.of()).isStale()).isFalse();
    later(source, 120);
    assertThat(launch(Map.of()).isStale()).isTrue();
  }

  @Test
  void isStale_otherBuildArguments_is() throws IOException {
    assertThat(launch(Map.of("FOOD_MAVEN_ARGS", "-Pcuda")).isStale()).isTrue();
  }

  @Test
  void isStale_missingJar_is() throws IOException {
    Files.delete(root.resolve("dl4j.jar"));
    assertThat(launch(Map.of()).isStale()).isTrue();
  }

  @Test
  void command_ofTheServer_isAsSaid() {
    Map<String, String> environment =
        Map.of("FOOD_SERVER_HEAP", "1g", "FOOD_JAVA_OPTS", " -Da=b  -Dc=d");
    assertThat(
            new Launch(root, environment, Launch.Part.SERVER)
                .command(List.of("--model", "a b.onnx")))
        .contains("-Xmx1g", "-XX:+ExitOnOutOfMemoryError")
        .containsSequence("-Da=b", "-Dc=d", "org.food4j.server.Main", "--model", "a b.onnx")
        .endsWith("a b.onnx");
  }

  @Test
  void command_memory_isLimitedUnlessSaid() {
    assertThat(launch(Map.of()).command(List.of("doctor")))
        .anyMatch(option -> option.matches("-Xmx\\d{3,4}m"))
        .anyMatch(option -> option.matches("-Dorg.bytedeco.javacpp.maxbytes=[1-9]\\d+m"))
        .endsWith("org.food4j.cli.Food", "doctor");
    assertThat(launch(Map.of("FOOD_HEAP", "5g", "FOOD_NATIVE", "9g")).command(List.of()))
        .contains("-Xmx5g", "-Dorg.bytedeco.javacpp.maxbytes=9g");
  }

  /** From the source, as the batch file does it, with a script in Maven's place. */
  private ProcessBuilder doctorWithMaven(String script) throws IOException {
    Path bin = Files.createDirectories(root.resolve("bin"));
    Path maven = bin.resolve("mvn");
    Files.writeString(maven, script);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dfood.root=" + root,
                SOURCE.toString(),
                "doctor")
            .redirectErrorStream(true);
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    return builder;
  }

  /** With a Maven that writes what it was told. */
  @Test
  void main_ofAStaleTree_buildsAndThenStartsTheCommand() throws Exception {
    Files.delete(target.resolve("build.arguments"));
    ProcessBuilder builder = doctorWithMaven("#!/bin/sh\necho \"$@\" > told\n");
    builder.environment().put("FOOD_MAVEN_ARGS", "-o -Pcuda");
    builder.environment().put("FOOD_JAVA_OPTS", "-XshowSettings:properties");
    Process started = builder.start();
    List<String> said;
    try (BufferedReader output = started.inputReader()) {
      said = output.lines().map(String::strip).toList();
    }

    // There is no class in that tree: Java says so, after its settings.
    assertThat(started.waitFor()).isEqualTo(1);
    assertThat(said)
        .contains("Building Food4J (sources have changed) ...")
        .contains("java.class.path = " + target.resolve("classes"), root.resolve("dl4j.jar") + "")
        .anyMatch(line -> line.contains("org.food4j.cli.Food"));
    assertThat(Files.readString(root.resolve("told")))
        .isEqualTo(
            "-q -B -pl examples/command-line -am -Dmaven.test.skip=true -o -Pcuda package\n");
    assertThat(Files.readString(target.resolve("build.arguments"))).isEqualTo("-o -Pcuda");
  }

  @Test
  void main_failedBuild_showsMavensErrorsAndNamesTheLog() throws Exception {
    Files.delete(classPath);
    ProcessBuilder builder = doctorWithMaven("#!/bin/sh\necho '[ERROR] no such thing'\nexit 1\n");
    Process started = builder.start();
    try (BufferedReader output = started.inputReader()) {
      assertThat(output.lines())
          .contains(
              "Building Food4J (first time: downloads about 370 MB) ...",
              "[ERROR] no such thing",
              "food: The build failed; Maven's whole output is in " + target.resolve("build.log"));
    }
    assertThat(started.waitFor()).isEqualTo(1);
  }

  /**
   * As a Maven does that writes in a Windows code page, or that Java's options keep from starting.
   */
  @Test
  void main_failedBuildWithoutErrors_showsTheLogsEnd_inWhateverEncoding() throws Exception {
    Files.delete(classPath);
    String script = "#!/bin/sh\nfor i in $(seq 30); do printf 'caf\\351 %s\\n' $i; done\nexit 1\n";
    Process started = doctorWithMaven(script).start();
    try (BufferedReader output = started.inputReader()) {
      List<String> said = output.lines().toList();
      assertThat(said).hasSize(22);
      assertThat(said.get(1)).startsWith("caf").endsWith(" 11");
      assertThat(said.get(20)).endsWith(" 30");
      assertThat(said.get(21)).startsWith("food: The build failed; ");
    }
    assertThat(started.waitFor()).isEqualTo(1);
  }

  /** A training saves what it has when it is asked to end. */
  @Test
  void main_askedToEnd_endsAfterTheCommand() throws Exception {
    Path source = Files.createDirectories(root.resolve("org/food4j/cli")).resolve("Food.java");
    Files.writeString(
        source,
        """
        package org.food4j.cli;
        public class Food {
          public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
              try {
                Thread.sleep(500);
                java.nio.file.Files.createFile(java.nio.file.Path.of(arguments[0], "saved"));
              } catch (Exception e) {
                e.printStackTrace();
              }
            }));
            System.out.println("started");
            Thread.sleep(60_000);
          }
        }
        """);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", target.resolve("classes") + "", source + "");
    assertThat(compiled).isZero();
    ProcessBuilder builder = doctorWithMaven("#!/bin/sh\nexit 1\n");
    builder.command().set(builder.command().size() - 1, root.toString());
    Process started = builder.start();
    try (BufferedReader output = started.inputReader()) {
      assertThat(output.readLine()).isEqualTo("started");
      List<ProcessHandle> commands = started.descendants().toList();
      started.toHandle().destroy(); // Process.destroy would close the output, too
      assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(root.resolve("saved")).exists();
      assertThat(commands).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    } finally {
      started.descendants().forEach(ProcessHandle::destroyForcibly);
      started.destroyForcibly();
    }
  }

  @Test
  void firstBuild_saysWhatTheScriptSays() throws IOException {
    String pattern = "(?:first time|not built)[^\"]*(?=\")";
    Set<String> script = matches(Files.readString(EXAMPLES.resolve("food")), pattern);
    assertThat(script).hasSize(4);
    assertThat(matches(Files.readString(SOURCE), pattern)).isEqualTo(script);

    Launch spark = new Launch(root, Map.of(), Launch.Part.CLUSTER);
    assertThat(spark.firstTime()).contains("115 MB more");
    assertThat(launch(Map.of()).firstTime()).isEqualTo("not built yet");
    Files.delete(classPath);
    assertThat(spark.firstTime()).contains("485 MB");
    assertThat(launch(Map.of()).firstTime()).contains("370 MB");
    Files.createDirectories(root.resolve("examples/samples/target"));
    Files.createFile(root.resolve("examples/samples/target/classpath.txt"));
    assertThat(launch(Map.of()).firstTime()).isEqualTo("not built yet");
  }

  @Test
  void classPath_ofACluster_endsWithItsSettings() throws IOException {
    Path jars = Files.createFile(target.resolve("classpath-spark.txt"));
    Files.writeString(jars, "spark.jar");
    Map<String, String> environment =
        Map.of("FOOD_CLASS_PATH", "yarn.jar", "HADOOP_CONF_DIR", "/etc/hadoop");
    assertThat(new Launch(root, environment, Launch.Part.CLUSTER).classPath())
        .isEqualTo(target.resolve("classes") + ":spark.jar:yarn.jar:/etc/hadoop");
    assertThat(launch(environment).classPath()).endsWith(":yarn.jar");
  }

  /** The patterns are of findstr, which knows dots and sets as Java does. */
  @Test
  void batchFile_takesJava17AndNewer_fromThePathAndFromJavaHome() throws IOException {
    String batch = Files.readString(EXAMPLES.resolve("food.cmd"));
    for (String branch :
        List.of(
            batch.substring(batch.indexOf("findstr /r"), batch.indexOf("goto old_java\r")),
            batch.substring(batch.indexOf("echo \"%version%\""), batch.indexOf("\r\n:start")))) {
      List<Pattern> patterns =
          matches(branch, "(?<=/c:\")[^\"]+").stream().map(Pattern::compile).toList();
      assertThat(patterns).hasSize(2);
      String before = patterns.get(0).pattern().contains("JAVA_VERSION") ? "JAVA_VERSION=" : "";
      for (String version : List.of("17", "17.0.9", "19", "21.0.1", "25-ea")) {
        assertThat(patterns).anyMatch(one -> one.matcher(before + '"' + version + '"').find());
      }
      for (String version : List.of("1.8.0_392", "1.7.0", "9", "9.0.4", "11.0.2", "16.0.1", "")) {
        assertThat(patterns).noneMatch(one -> one.matcher(before + '"' + version + '"').find());
      }
    }
  }
}
