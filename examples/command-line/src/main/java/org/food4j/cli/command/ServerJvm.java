package org.food4j.cli.command;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the server in a Java of its own, with the options that the script {@code examples/food}
 * gives it.
 *
 * @param classPath of the server
 * @param heap its largest Java heap, {@code "320m"}
 */
record ServerJvm(String classPath, String heap) {
  /** The class path, for those who keep the server elsewhere than this command's build does. */
  static final String CLASS_PATH = "FOOD_SERVER_CLASSPATH";

  static final String HEAP = "FOOD_SERVER_HEAP";
  static final String MAIN = "org.food4j.server.Main";
  private static final String DEFAULT_HEAP = "320m";

  /** Before Java 24 there is nothing to be allowed. */
  private static final int WARNS_OF_NATIVES = 24;

  /**
   * Finds the server: where {@value #CLASS_PATH} says, or else in the build that this class is of.
   *
   * @throws IllegalArgumentException if it is not there
   */
  static ServerJvm found() throws IOException {
    String heap = Optional.ofNullable(System.getenv(HEAP)).orElse(DEFAULT_HEAP);
    String said = System.getenv(CLASS_PATH);
    return new ServerJvm(said == null ? built() : said, heap);
  }

  /** Of {@code examples/command-line/target/classes}, {@code examples/rest-server/target}'s. */
  private static String built() throws IOException {
    Optional<Path> target =
        ownClasses().map(classes -> classes.resolve("../../../rest-server/target").normalize());
    Optional<Path> list =
        target.map(folder -> folder.resolve("classpath.txt")).filter(Files::exists);
    if (list.isEmpty()) {
      throw new IllegalArgumentException(
          "The server is not built%s: run examples/food serve, which builds it, or set %s"
              .formatted(
                  target.map(folder -> " (there is no %s)".formatted(folder)).orElse(""),
                  CLASS_PATH));
    }
    return target.get().resolve("classes")
        + File.pathSeparator
        + Files.readString(list.get()).strip();
  }

  private static Optional<Path> ownClasses() {
    CodeSource source = ServerJvm.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // not in a file: then it is of no build
    }
  }

  /** The whole command but for the class path, which is in the environment. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"));
    if (Runtime.version().feature() >= WARNS_OF_NATIVES) {
      command.addAll(
          List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(
        List.of(
            "-Xms96m", // a heap that stays small while it can: a server's memory stays flat
            "-Xmn64m",
            "-Xmx" + heap,
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            MAIN));
    command.addAll(arguments);
    return command;
  }

  /** Starts it on this process's standard streams. */
  Process start(List<String> arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(arguments)).inheritIO();
    builder.environment().put("CLASSPATH", classPath);
    return builder.start();
  }
}
