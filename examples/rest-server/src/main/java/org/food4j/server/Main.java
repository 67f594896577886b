package org.food4j.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.food4j.server.api.FoodServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code food serve}. */
@Command(
    name = "food serve",
    description = {
      "Serves ONNX models as a REST API and a web page, until Ctrl-C or SIGTERM, upon which what has come is still answered.",
      "A model's file may be replaced while it is served."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  food serve --model model.onnx",
      "  food serve --model food=food.onnx --model plants=plants.onnx --port 8000",
      "  curl -F image=@dinner.jpg http://127.0.0.1:8080/predict"
    })
public final class Main implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Mixin private ServerOptions options;

  /** Runs the command. */
  public static void main(String[] arguments) {
    int code =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  if (!(e instanceof IOException) && !(e instanceof IllegalArgumentException)) {
                    LOG.error("The server failed", e);
                  }
                  command.getErr().println("food serve: " + e.getMessage());
                  return 1;
                })
            .execute(arguments);
    // halt, not exit: ONNX Runtime frees its environment in a shutdown hook, under the feet of
    // whatever might still compute; everything that is to be closed has been
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Duration patience = options.drain(); // a wrong one is to be known now, not at the end
    EndSignals signals = EndSignals.caught();
    FoodServer server = FoodServer.start(options.settings(System.getenv()));
    LOG.info(
        "Serving {} on {}, ready after {} ms",
        server.models().names(),
        server.address(),
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
    LOG.info("Asked to end by SIG{}: answering what has come", signals.await());
    boolean whole = server.drain(patience);
    LOG.info("Ended{}", whole ? "" : ", not everything was answered");
    return whole ? 0 : 1;
  }
}
