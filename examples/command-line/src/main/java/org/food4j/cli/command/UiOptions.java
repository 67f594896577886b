package org.food4j.cli.command;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.monitor.RemoteStats;
import org.food4j.train.monitor.UiServer;
import picocli.CommandLine.Option;

/** How a training is shown in DL4J's UI server while it runs. */
final class UiOptions {
  @Option(
      names = "--ui",
      description =
          "Show the training in DL4J's UI server; the address is printed. Keeps its charts in the"
              + " run, for food ui.")
  private boolean ui;

  @Option(
      names = "--ui-port",
      paramLabel = "N",
      description = "Where the UI server listens (default: ${DEFAULT-VALUE}).",
      defaultValue = "9000")
  private int port;

  @Option(
      names = "--ui-remote",
      paramLabel = "URL",
      description =
          "Show the training in the UI server of food ui --remote, such as http://127.0.0.1:9000.")
  private URI remote;

  @Option(
      names = "--ui-stats",
      description = "Only keep the charts of DL4J's UI in the run, for food ui.")
  private boolean stats;

  /** Runs a session with what the options open, and closes it. */
  TrainingSession.Outcome run(
      TrainingSession session, Terminal terminal, List<TrainingObserver> watchers)
      throws IOException {
    if (!ui && remote == null && !stats) {
      return session.run(watchers);
    }
    List<StatsStorageRouter> windows = new ArrayList<>();
    Optional<RemoteStats> elsewhere =
        remote == null ? Optional.empty() : Optional.of(new RemoteStats(remote));
    elsewhere.ifPresent(windows::add);
    try {
      if (!ui) {
        return session.runWithStats(watchers, windows);
      }
      try (UiServer server = new UiServer(port)) {
        StatsStorage storage = new InMemoryStatsStorage();
        server.attach(storage);
        windows.add(storage);
        terminal.note("Training live at " + server.address());
        return session.runWithStats(watchers, windows);
      }
    } finally {
      elsewhere.ifPresent(each -> close(each, terminal));
    }
  }

  private void close(RemoteStats elsewhere, Terminal terminal) {
    elsewhere.close();
    if (elsewhere.undelivered() > 0) {
      terminal.note(
          "%d reports did not reach the UI server at %s; the run has them all, for food ui"
              .formatted(elsewhere.undelivered(), remote));
    }
  }
}
