package org.food4j.cli.launch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds what is stale and starts the {@code food} command, as the script {@code examples/food}
 * does with bash, with the same options and environment variables. Run from its source file: {@code
 * java -Dfood.root=FOLDER Launch.java ARGUMENT...}.
 */
public final class Launch {
  private static final long MEBI = 1 << 20;
  private static final boolean IS_WINDOWS = File.separatorChar == '\\';
  private static final String HADOOP_CONF = "HADOOP_CONF_DIR";

  /** As many lines of a build that failed are shown. */
  private static final int MOST_LINES = 20;

  /** What Maven adds about itself (help pages, how to resume) is in the log. */
  private static final Pattern ABOUT_MAVEN =
      Pattern.compile("Help 1|-e switch|-X switch|more information|resume the build|-rf :");

  /** From here on Java warns of native libraries and Unsafe unless told. */
  private static final int WARNS_OF_NATIVES = 24;

  /** As its own scripts open it. */
  private static final List<String> SPARK_REACHES_INTO =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final Path root;
  private final Map<String, String> environment;
  private final Part part;
  private final Path target;
  private final Path classPathFile;
  private final Path argumentsFile;

  /** What can be started, each on a class path of its own. */
  enum Part {
    /** Every command but those below. */
    COMMAND("command-line", "", "org.food4j.cli.Food"),
    /** Commands on a cluster, with Spark. */
    CLUSTER("command-line", "-spark", "org.food4j.cli.Food"),
    /** The server, without the training engines. */
    SERVER("rest-server", "", "org.food4j.server.Main");

    private final String module;
    private final String suffix;
    private final String main;

    Part(String module, String suffix, String main) {
      this.module = module;
      this.suffix = suffix;
      this.main = main;
    }

    static Part of(List<String> arguments) {
      if (!arguments.isEmpty() && arguments.get(0).equals("serve")) {
        return SERVER;
      }
      boolean spark =
          arguments.stream()
              .anyMatch(
                  argument ->
                      argument.equals("--spark-master") || argument.startsWith("--spark-master="));
      return spark ? CLUSTER : COMMAND;
    }
  }

  /**
   * One start.
   *
   * @param root the folder of the parent POM
   * @param environment its variables, those that start with {@code FOOD_} among them
   */
  Launch(Path root, Map<String, String> environment, Part part) {
    this.root = root;
    this.environment = environment;
    this.part = part;
    this.target = root.resolve("examples/" + part.module + "/target");
    this.classPathFile = target.resolve("classpath" + part.suffix + ".txt");
    this.argumentsFile = target.resolve("build" + part.suffix + ".arguments");
  }

  /** Runs the command and ends with its exit code. */
  public static void main(String[] arguments) throws InterruptedException {
    Path root = Path.of(System.getProperty("food.root", "")).toAbsolutePath().normalize();
    List<String> given = Arrays.asList(arguments);
    Part part = Part.of(given);
    int code;
    try {
      code =
          new Launch(root, System.getenv(), part)
              .run(part == Part.SERVER ? given.subList(1, given.size()) : given);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      System.err.println("food: " + e.getMessage());
      code = 1;
    }
    System.exit(code);
  }

  private int run(List<String> arguments) throws IOException, InterruptedException {
    String hadoop = said(HADOOP_CONF);
    if (part == Part.CLUSTER && !hadoop.isEmpty() && !Files.isDirectory(Path.of(hadoop))) {
      // Java passes over what is not there, and a name service would then be an unknown host.
      throw new IOException(HADOOP_CONF + " is " + hadoop + ", which is not a folder.");
    }
    if (isStale()) {
      Files.createDirectories(target);
      try (FileChannel file =
              FileChannel.open(
                  target.resolve("build.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        // A second start waits for the lock, and then finds nothing left to build.
        if (lock.isValid() && isStale()) {
          build();
        }
      }
    }
    ProcessBuilder java = new ProcessBuilder(command(arguments)).inheritIO();
    // In the environment rather than on the command line: 13 KB long.
    java.environment().put("CLASSPATH", classPath());
    Process command = java.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(command), "end-with-command"));
    return command.waitFor();
  }

  /**
   * What ends this process leaves it here until the command, which may have something to save, has
   * ended. Ctrl-C reaches the command by itself. Windows has nothing else that asks a process to
   * end: there {@link Process#destroy()} would be its death, in the middle of what it saves.
   */
  private static void endWith(Process command) {
    if (!IS_WINDOWS) {
      command.destroy();
    }
    while (true) {
      try {
        Runtime.getRuntime().halt(command.waitFor());
      } catch (InterruptedException e) {
        // the hook's thread has nothing else to do
      }
    }
  }

  String classPath() throws IOException {
    List<String> entries = new ArrayList<>();
    entries.add(target.resolve("classes").toString());
    entries.add(Files.readString(classPathFile).strip());
    entries.add(said("FOOD_CLASS_PATH"));
    entries.add(part == Part.CLUSTER ? said(HADOOP_CONF) : "");
    entries.removeIf(String::isEmpty);
    return String.join(File.pathSeparator, entries);
  }

  /** Not built, built elsewhere or with other arguments, or older than a source or a POM. */
  boolean isStale() throws IOException {
    if (!Files.exists(classPathFile)
        || !Files.isDirectory(target.resolve("classes"))
        || !Files.exists(argumentsFile)
        || !Files.readString(argumentsFile).equals(mavenArguments())) {
      return true;
    }
    for (String entry : Files.readString(classPathFile).strip().split(File.pathSeparator)) {
      if (!Files.exists(Path.of(entry))) {
        return true;
      }
    }
    FileTime built = Files.getLastModifiedTime(classPathFile);
    for (Path source : sources()) {
      // Folders count too: their time changes when a file is deleted or renamed.
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private List<Path> sources() throws IOException {
    List<Path> modules = new ArrayList<>(List.of(root.resolve("examples/" + part.module)));
    try (Stream<Path> folders = Files.list(root)) {
      folders
          .filter(folder -> folder.getFileName().toString().startsWith("food-"))
          .forEach(modules::add);
    }
    List<Path> sources = new ArrayList<>(List.of(root.resolve("pom.xml")));
    for (Path folder : modules) {
      sources.add(folder.resolve("pom.xml"));
      sources.add(folder.resolve("src/main"));
    }
    return sources.stream().filter(Files::exists).toList();
  }

  /** Of a part that was never built. Most of what they download is the same for all parts. */
  String firstTime() throws IOException {
    boolean another = false;
    try (Stream<Path> files = Files.find(root.resolve("examples"), 3, Launch::isClassPath)) {
      another = files.findAny().isPresent();
    }
    if (part == Part.CLUSTER) {
      return another
          ? "first time with Spark: downloads about 115 MB more"
          : "first time with Spark: downloads about 485 MB";
    }
    return another ? "not built yet" : "first time: downloads about 370 MB";
  }

  private static boolean isClassPath(Path file, BasicFileAttributes attributes) {
    return file.getParent().endsWith("target")
        && file.getFileName().toString().matches("classpath.*\\.txt");
  }

  /** Maven's errors, or the log's end where it names none. It writes in the console's encoding. */
  private static List<String> worthShowing(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    List<String> errors = lines.stream().filter(line -> line.matches("\\[ERROR] .+")).toList();
    int end = Math.max(0, lines.size() - MOST_LINES);
    return (errors.isEmpty() ? lines.subList(end, lines.size()) : errors)
        .stream().filter(line -> !ABOUT_MAVEN.matcher(line).find()).limit(MOST_LINES).toList();
  }

  private void build() throws IOException, InterruptedException {
    String why = Files.exists(classPathFile) ? "sources have changed" : firstTime();
    // Plain dots: a Windows console may know no ellipsis.
    System.err.println("Building Food4J (" + why + ") ...");
    FileTime started = FileTime.fromMillis(System.currentTimeMillis());
    Path log = target.resolve("build.log");
    List<String> maven = new ArrayList<>(List.of(IS_WINDOWS ? "mvn.cmd" : "mvn"));
    maven.addAll(List.of("-q", "-B", "-pl", "examples/" + part.module, "-am"));
    maven.add("-Dmaven.test.skip=true");
    maven.addAll(words(mavenArguments()));
    maven.add("package");
    ProcessBuilder builder = new ProcessBuilder(maven).directory(root.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(
          "Maven 3.8.1 or newer is needed for the build, and there is no mvn on the PATH.", e);
    }
    process.getOutputStream().close();
    if (process.waitFor() != 0) {
      worthShowing(log).forEach(System.err::println);
      throw new IOException("The build failed; Maven's whole output is in " + log);
    }
    Files.writeString(argumentsFile, mavenArguments());
    // As old as the build's start: what was edited while it ran is built next time.
    Files.setLastModifiedTime(classPathFile, started);
  }

  /** The whole command but for the class path, which is in the environment. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"));
    if (Runtime.version().feature() >= WARNS_OF_NATIVES) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (part == Part.CLUSTER) {
      for (String opened : SPARK_REACHES_INTO) {
        command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
      }
    }
    if (part == Part.SERVER) {
      command.addAll(List.of("-Xms96m", "-Xmn64m", "-Xmx" + said("FOOD_SERVER_HEAP", "320m")));
      command.addAll(List.of("-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40"));
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    } else {
      long memory = memoryMebi();
      String heap = Math.max(512, Math.min(3072, memory / 4)) + "m";
      String tensors = memory * 60 / 100 + "m";
      command.add("-Xmx" + said("FOOD_HEAP", heap));
      // Tensors live outside the heap. The second limit is on the whole process.
      command.add("-Dorg.bytedeco.javacpp.maxbytes=" + said("FOOD_NATIVE", tensors));
      command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + memory * 85 / 100 + "m");
    }
    command.addAll(words(said("FOOD_JAVA_OPTS")));
    command.add(part.main);
    command.addAll(arguments);
    return command;
  }

  /** Of this machine or container. */
  private static long memoryMebi() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize()
        / MEBI;
  }

  private String said(String variable) {
    return environment.getOrDefault(variable, "");
  }

  private String said(String variable, String otherwise) {
    String value = said(variable);
    return value.isEmpty() ? otherwise : value;
  }

  /** Of the build. */
  private String mavenArguments() {
    return said("FOOD_MAVEN_ARGS") + (part == Part.CLUSTER ? " -Pspark" : "");
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" +")).filter(word -> !word.isEmpty()).toList();
  }
}
