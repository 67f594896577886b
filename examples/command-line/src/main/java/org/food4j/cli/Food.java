package org.food4j.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.food4j.cli.command.BenchCommand;
import org.food4j.cli.command.BenchReportCommand;
import org.food4j.cli.command.BenchStepCommand;
import org.food4j.cli.command.BenchWorkerCommand;
import org.food4j.cli.command.CompareCommand;
import org.food4j.cli.command.CompletionCommand;
import org.food4j.cli.command.CrossValidateCommand;
import org.food4j.cli.command.DataBenchCommand;
import org.food4j.cli.command.DataCommand;
import org.food4j.cli.command.DataInspectCommand;
import org.food4j.cli.command.DataPackCommand;
import org.food4j.cli.command.DataPrepareCommand;
import org.food4j.cli.command.DoctorCommand;
import org.food4j.cli.command.EvaluateCommand;
import org.food4j.cli.command.ExplainCommand;
import org.food4j.cli.command.ExportCommand;
import org.food4j.cli.command.LrFindCommand;
import org.food4j.cli.command.ModelsCommand;
import org.food4j.cli.command.ModelsVerifyCommand;
import org.food4j.cli.command.OptimizeCommand;
import org.food4j.cli.command.PredictCommand;
import org.food4j.cli.command.QuantizeCommand;
import org.food4j.cli.command.QuickstartCommand;
import org.food4j.cli.command.ServeCommand;
import org.food4j.cli.command.SweepCommand;
import org.food4j.cli.command.SweepReportCommand;
import org.food4j.cli.command.TrainCommand;
import org.food4j.cli.command.TritonCommand;
import org.food4j.cli.command.UiCommand;
import org.food4j.cli.command.UsageException;
import org.food4j.cli.command.WeightsCommand;
import org.food4j.cli.command.WeightsFetchCommand;
import org.food4j.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The {@code food} command: the tree of verbs, the global options, and the process's exit code. */
@Command(
    name = "food",
    description = "Trains, exports and measures networks that recognise food in photos.",
    versionProvider = Version.class,
    footer = {
      "  food quickstart        the whole flow in minutes, on drawn dishes",
      "  food doctor            whether this machine is ready, and if not, what to do",
      "  food data --help       how a command is used",
    })
public final class Food {
  private static final int FAILED = 1;

  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 100,
      description = "Show how the command is used.")
  private boolean help;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      order = 101,
      description = "Log more, and show the stack trace of an error.")
  private boolean debug;

  @Option(names = "--version", versionHelp = true, order = 102, description = "Show the version.")
  private boolean version;

  private Food(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Figures look the same everywhere, and scripts read them.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(Terminal.system(), arguments));
  }

  /**
   * Runs one command in this process.
   *
   * @param terminal takes all that is printed
   * @param arguments as on the command line
   * @return the exit code: 0 done, 1 failed, 2 wrong usage, 130 a training that was stopped
   */
  public static int run(Terminal terminal, String... arguments) {
    return run(commandLine(terminal), arguments);
  }

  /** As {@link #run(Terminal, String...)}, with a tree that a test may have added verbs to. */
  static int run(CommandLine commandLine, String... arguments) {
    Food food = commandLine.getCommand();
    try {
      return commandLine.execute(arguments);
    } catch (Error e) {
      // picocli hands over exceptions only; a missing native library or full memory ends here.
      return food.fail(e);
    }
  }

  /** The tree of verbs: a new verb is a class in {@code command} and a line here. */
  static CommandLine commandLine(Terminal terminal) {
    return configured(
        new CommandLine(new Food(terminal))
            .addSubcommand(new QuickstartCommand(terminal))
            .addSubcommand(new DoctorCommand(terminal))
            .addSubcommand(new CompletionCommand(terminal))
            .addSubcommand(
                new CommandLine(new DataCommand())
                    .addSubcommand(new DataPrepareCommand(terminal))
                    .addSubcommand(new DataInspectCommand(terminal))
                    .addSubcommand(new DataBenchCommand(terminal))
                    .addSubcommand(new DataPackCommand(terminal)))
            .addSubcommand(new TrainCommand(terminal))
            .addSubcommand(new LrFindCommand(terminal))
            .addSubcommand(
                new CommandLine(new SweepCommand(terminal))
                    .addSubcommand(new SweepReportCommand(terminal)))
            .addSubcommand(new UiCommand(terminal))
            .addSubcommand(new CrossValidateCommand(terminal))
            .addSubcommand(new EvaluateCommand(terminal))
            .addSubcommand(new CompareCommand(terminal))
            .addSubcommand(new ExportCommand(terminal))
            .addSubcommand(new OptimizeCommand(terminal))
            .addSubcommand(new QuantizeCommand(terminal))
            .addSubcommand(new PredictCommand(terminal))
            .addSubcommand(new ExplainCommand(terminal))
            .addSubcommand(new ServeCommand())
            .addSubcommand(new TritonCommand(terminal))
            .addSubcommand(
                new CommandLine(new ModelsCommand(terminal))
                    .addSubcommand(new ModelsVerifyCommand(terminal)))
            .addSubcommand(
                new CommandLine(new WeightsCommand(terminal))
                    .addSubcommand(new WeightsFetchCommand(terminal)))
            .addSubcommand(
                new CommandLine(new BenchCommand(terminal, Food.class))
                    .addSubcommand(new BenchReportCommand(terminal))
                    .addSubcommand(new BenchStepCommand(terminal))
                    .addSubcommand(new BenchWorkerCommand())));
  }

  /** Gives a complete tree its settings: picocli passes them on to the verbs there are by now. */
  static CommandLine configured(CommandLine commandLine) {
    Food food = commandLine.getCommand();
    layOut(commandLine);
    return commandLine
        .setOut(new PrintWriter(food.terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(food.terminal.err(), true, StandardCharsets.UTF_8))
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(food::execute)
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              if (exception instanceof UsageException) {
                return new UsageErrors()
                    .handleParseException(
                        new ParameterException(command, exception.getMessage()), new String[0]);
              }
              return food.fail(exception);
            })
        .setParameterExceptionHandler(new UsageErrors());
  }

  /** What all verbs' help has in common, so that no verb need repeat it. */
  private static void layOut(CommandLine commandLine) {
    UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
    usage.sortOptions(false);
    usage.synopsisSubcommandLabel("COMMAND");
    if (usage.footer().length > 0) {
      usage.footerHeading("%nExamples:%n");
    }
    commandLine.getSubcommands().values().forEach(Food::layOut);
  }

  private int execute(ParseResult parsed) {
    if (debug) {
      Logging.raise();
    }
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    List<CommandLine> given = parsed.asCommandLineList();
    CommandLine last = given.get(given.size() - 1);
    if (!(last.getCommand() instanceof Callable)) {
      throw new ParameterException(
          last, last.getCommandSpec().qualifiedName() + " needs a command after it");
    }
    return new RunLast().execute(parsed);
  }

  private int fail(Throwable throwable) {
    Failure failure = Failure.of(throwable);
    if (debug) {
      throwable.printStackTrace(terminal.err());
    }
    terminal.note("food: " + failure.reason());
    if (!failure.expected() && !debug) {
      terminal.note("This should not happen; --debug shows the stack trace.");
    }
    return FAILED;
  }
}
