package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food quickstart}: the whole flow in minutes. */
@Command(
    name = "quickstart",
    description = {
      "The whole flow in minutes: prepare photos, train, evaluate, export to ONNX, check that both"
          + " forms agree, measure them, and write one report.",
      "Without --photos it draws dishes of its own."
    },
    footer = {
      "  food quickstart",
      "  food quickstart --photos photos --out result --set epochs=20"
    })
public final class QuickstartCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--photos",
      paramLabel = "DIR|ZIP",
      description = "Photos of your own: a folder per class, or a zip of that.")
  private Path photos;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Takes everything that comes out (default: ${DEFAULT-VALUE}); an earlier quickstart there"
              + " is replaced.",
      defaultValue = "food4j-quickstart")
  private Path out;

  @Mixin private RecipeOptions recipeOptions;
  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public QuickstartCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    QuickstartFlow.Outcome outcome = new QuickstartFlow(terminal, photos, out).run(recipeOptions);
    json.print(terminal, outcome.figures(), () -> outcome.lines().forEach(terminal::print));
    return outcome.agrees() ? 0 : 1;
  }
}
