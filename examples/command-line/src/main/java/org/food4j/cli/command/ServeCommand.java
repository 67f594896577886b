package org.food4j.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code food serve}: starts the server, whose class path this command's is not. The script {@code
 * examples/food} does so by itself; this is for those who start the command without it.
 */
@Command(
    name = "serve",
    customSynopsis =
        "food serve --model [NAME=]FILE.onnx [--model ...]... [--host 127.0.0.1] [--port 8080] [OPTION]...",
    description = {
      "Serves ONNX models as a REST API and a web page, until Ctrl-C or SIGTERM, upon which what has"
          + " come is still answered.",
      "A process of its own, with ONNX Runtime alone; examples/food serve --help lists its options.",
      "Where --host, --port and --allow-host are not given, the variables FOOD_HOST, FOOD_PORT and"
          + " FOOD_ALLOWED_HOSTS count, if set."
    },
    footer = {
      "  food serve --model model.onnx",
      "  food serve --model food=food.onnx --model plants=plants.onnx --port 8000"
    })
public final class ServeCommand implements Callable<Integer> {
  /**
   * The server's options, for completion: the server, which reads them, is not on this class path.
   */
  static final List<String> OPTIONS =
      List.of(
          "--model",
          "--host",
          "--port",
          "--threads",
          "--batch",
          "--queue",
          "--deadline",
          "--cache",
          "--max-body",
          "--max-megapixels",
          "--api-keys",
          "--cors",
          "--allow-host",
          "--reload",
          "--drain");

  /** Those among them whose value is a file. */
  static final Set<String> OF_FILES = Set.of("--model", "--api-keys");

  @Unmatched private final List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Process server = ServerJvm.found().start(arguments);
    // The server answers what has come before it ends, and this process ends as it does: Java has
    // no way to become another program.
    Thread forwarding =
        new Thread(
            () -> {
              server.destroy();
              Runtime.getRuntime().halt(exitCode(server));
            },
            "forward-end");
    Runtime.getRuntime().addShutdownHook(forwarding);
    int code = server.waitFor();
    removeHook(forwarding);
    return code;
  }

  private static int exitCode(Process server) {
    while (true) {
      try {
        return server.waitFor();
      } catch (InterruptedException e) {
        // the hook's thread has nothing else to do
      }
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending: the hook runs already, and says the same exit code.
    }
  }
}
