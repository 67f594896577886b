package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.search.LeaderBoard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code food sweep report}: one leader board of sweeps and runs. */
@Command(
    name = "report",
    description = {
      "Ranks finished sweeps and runs of food train together on one leader board:"
          + " leaderboard.json, .csv, .md and .html.",
      "All must be of one data set and evaluated on the same photos. Runs that differ in their"
          + " seed alone share a row."
    },
    footer = {
      "  food sweep report sweep-models sweep-attention \"B4, head only=run-b4\" --out board"
    })
public final class SweepReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "[NAME=]DIR|RUN",
      description = "Directories of sweeps and of runs; NAME is what a run is called.")
  private List<String> directories;

  @Mixin private JointReportOptions joint;

  /** Prints to this terminal. */
  public SweepReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path out = joint.out();
    Map<String, Path> named = new LinkedHashMap<>();
    for (String given : directories) {
      int equals = given.lastIndexOf('=');
      boolean isName = equals > 0 && !Files.exists(Path.of(given));
      Path path = Path.of(isName ? given.substring(equals + 1) : given);
      Path fileName = path.toAbsolutePath().normalize().getFileName();
      String name = isName ? given.substring(0, equals) : String.valueOf(fileName);
      if (named.putIfAbsent(name, path) != null) {
        throw new UsageException(
            "Two directories are called %s: give one another name, NAME=%s".formatted(name, path));
      }
    }
    LeaderBoard board = LeaderBoard.read(named);
    board.write(out);
    SweepCommand.print(terminal, joint.json(), board, out);
    return 0;
  }
}
