package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.deeplearning4j.core.storage.StatsStorage;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.monitor.StatsFile;
import org.food4j.train.monitor.UiServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code food ui}: the charts of trainings that are over, or that run elsewhere. */
@Command(
    name = "ui",
    description = {
      "Serves DL4J's training charts until Ctrl-C: of runs that were trained with --ui, --ui-remote"
          + " or --ui-stats, and of trainings that post to it.",
      "Every run has TensorBoard's event files too: tensorboard --logdir RUN."
    },
    footer = {
      "  food ui --run run",
      "  food ui --remote",
      "  food train --data dataset --out run --ui-remote http://127.0.0.1:9000"
    })
public final class UiCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "A run directory; may be given several times.")
  private List<Path> runs = new ArrayList<>();

  @Option(names = "--remote", description = "Take what food train --ui-remote posts.")
  private boolean remote;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen, 0 for any free port (default: ${DEFAULT-VALUE}).",
      defaultValue = "9000")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on (default: ${DEFAULT-VALUE}, this machine alone). Nobody is asked"
              + " for a password: 0.0.0.0 shows the charts to everyone who reaches this machine.",
      defaultValue = UiServer.LOOPBACK)
  private String host;

  /** Prints to this terminal. */
  public UiCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (runs.isEmpty() && !remote) {
      throw new UsageException("Nothing to show: name a run with --run, or give --remote");
    }
    List<StatsStorage> stored = new ArrayList<>();
    for (Path run : runs) {
      stored.add(read(run));
    }
    try (UiServer server = new UiServer(host, port)) {
      stored.forEach(server::attach);
      if (remote) {
        server.receive();
        terminal.note(
            "Takes trainings: food train … --ui-remote http://%s:%d"
                .formatted(host, server.port()));
      }
      terminal.note("Serving %s until Ctrl-C".formatted(server.address()));
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Ctrl-C ends the process; this is an embedder's way
    }
    return 0;
  }

  private static StatsStorage read(Path run) throws IOException {
    Path file = run.resolve(StatsFile.NAME);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "There is no %s: the run was trained without --ui, --ui-remote and --ui-stats; TensorBoard shows every run: tensorboard --logdir %s"
              .formatted(file, run));
    }
    return StatsFile.read(file);
  }
}
