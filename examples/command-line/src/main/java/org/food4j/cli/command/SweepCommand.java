package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.manifest.Dataset;
import org.food4j.train.loop.TrainingInterruptedException;
import org.food4j.train.search.LeaderBoard;
import org.food4j.train.search.SearchSpace;
import org.food4j.train.search.Sweep;
import org.food4j.train.search.SweepPlan;
import org.food4j.train.search.SweepSettings;
import org.food4j.train.search.SweepStrategy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code food sweep}: many trainings that differ in some values of the recipe, ranked. */
@Command(
    name = "sweep",
    description = {
      "Trains a recipe with several values of some keys, each combination into a run directory, and"
          + " ranks them by validation top-1.",
      "--set key=v1,v2 lists values; commas in brackets or quotes belong to a value:"
          + " milestones=[20,30],[25,35]. --set key=LOW..HIGH is a range to draw from, by its"
          + " logarithm where both ends are above 0; of whole numbers evenly. Whatever is tried is"
          + " tried with each value of seed.",
      "Ctrl-C ends it at the next step; the same call again goes on with a sweep that was"
          + " interrupted."
    },
    footer = {
      "  food sweep --data dataset --model se_cnn --set attention=none,se,eca,cbam"
          + " --set seed=1,2,3 --out sweep",
      "  food sweep --data dataset --model se_cnn --set learning_rate=1e-4..1e-2"
          + " --set dropout=0,0.2,0.4 --strategy random --trials 20 --out sweep",
      "  food sweep report sweep \"B4, head only=run-b4\" --out board"
    })
public final class SweepCommand implements Callable<Integer> {
  /** The frozen part's features while a sweep is not done, unless the user keeps them elsewhere. */
  private static final String SHARED_FEATURES = "features.safetensors";

  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description = "A directory made by food data prepare.")
  private Path data;

  @Mixin private NetworkArguments network;

  @Mixin private RecipeOptions recipeOptions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Takes the runs, in trials, and the leader board; new, empty or the same sweep's.")
  private Path out;

  @Option(
      names = "--strategy",
      paramLabel = "grid|random|halving",
      description =
          "All combinations; some, drawn at random; or successive halving: all for few epochs, the"
              + " best for more (default: ${DEFAULT-VALUE}).",
      defaultValue = "grid")
  private SweepStrategy strategy;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many combinations are drawn; halving starts with all without it.")
  private Integer trials;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the draws (default: ${DEFAULT-VALUE}); a training's is --set seed=....",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--eta",
      paramLabel = "N",
      description =
          "Halving: one in N goes on, for N times the epochs (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int eta;

  @Option(
      names = "--min-epochs",
      paramLabel = "N",
      description = "Halving: epochs of the first rung, at least (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int minEpochs;

  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  /** Prints to this terminal. */
  public SweepCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    // Checked here: options that picocli requires of a group would be required of its verbs too.
    if (data == null || out == null) {
      throw new ParameterException(
          spec.commandLine(), "--data and --out are needed, or a command: report");
    }
    return Interruption.watch(terminal, this::run);
  }

  private int run(Interruption interruption) throws IOException {
    SweepPlan plan = plan();
    Dataset dataset = Dataset.open(data);
    DirectoryLock lock = OutputLock.take(out, "sweeps into");
    LeaderBoard board;
    Path shared = out.resolve(SHARED_FEATURES);
    try (lock) {
      SweepTrials training =
          new SweepTrials(terminal, dataset, network.features().orElse(shared), interruption);
      try {
        board = Sweep.run(out, plan, dataset, training, training);
      } catch (TrainingInterruptedException e) {
        throw new BrokenOffException(training.left(out), e);
      }
      board.write(out);
      Files.deleteIfExists(shared); // kept for a sweep that is interrupted
    }
    print(terminal, json, board, out);
    return 0;
  }

  private SweepPlan plan() throws IOException {
    SweepSettings settings;
    SearchSpace space;
    try {
      settings =
          new SweepSettings(
              strategy,
              trials == null ? OptionalInt.empty() : OptionalInt.of(trials),
              seed,
              eta,
              minEpochs);
      List<String> all = new ArrayList<>(network.settings());
      all.addAll(recipeOptions.settings());
      space = SearchSpace.parse(all);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    return SweepPlan.of(
        space, settings, chosen -> network.recipe(terminal, recipeOptions, List.of(), chosen));
  }

  /** The board as text or JSON. */
  static void print(Terminal terminal, JsonOption json, LeaderBoard board, Path out) {
    json.print(
        terminal,
        board.document(),
        () -> {
          board.markdown().lines().forEach(terminal::print);
          terminal.print("Leader board: " + out.resolve("leaderboard.html"));
        });
  }
}
