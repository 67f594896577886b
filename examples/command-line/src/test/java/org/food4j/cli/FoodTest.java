package org.food4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Screen;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FoodTest {
  private final Screen screen = Screen.piped();

  /** A verb that does what the test says. */
  @Command(name = "act")
  private record Act(Callable<Integer> action) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return action.call();
    }
  }

  private int run(String... arguments) {
    return Food.run(screen.terminal(), arguments);
  }

  private int act(Callable<Integer> action, String... arguments) {
    CommandLine commandLine = Food.commandLine(screen.terminal());
    commandLine.addSubcommand(new Act(action));
    return Food.run(Food.configured(commandLine), arguments);
  }

  @Test
  void run_help_printsUsageOnStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(screen.out()).startsWith("Usage: food ").contains("Examples:", "doctor");
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void run_version_namesTheVersionOfTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(screen.out()).matches("food \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  @Test
  void run_noCommand_isWrongUsageAndShowsIt() {
    assertThat(run()).isEqualTo(2);
    assertThat(screen.err()).startsWith("food: ").contains("Usage: food ");
    assertThat(screen.out()).isEmpty();
  }

  @Test
  void run_groupWithoutVerb_isWrongUsage() {
    assertThat(run("data")).isEqualTo(2);
    assertThat(screen.err()).startsWith("food: ").contains("Usage: food data");
  }

  @Test
  void run_mistypedVerb_namesTheNearest() {
    assertThat(run("docter")).isEqualTo(2);
    assertThat(screen.err())
        .startsWith("food: There is no command food docter\nDid you mean: food doctor")
        .endsWith("\nTry: food --help\n");
  }

  @Test
  void run_mistypedOption_namesTheNearest() {
    assertThat(run("doctor", "--jsn")).isEqualTo(2);
    assertThat(screen.err()).contains("'--jsn'", "--json", "Try: food doctor --help");
    assertThat(screen.out()).isEmpty();
  }

  @Test
  void run_argumentWhereNoneIsTaken_isWrongUsage() {
    assertThat(run("doctor", "extra")).isEqualTo(2);
    assertThat(screen.err()).contains("food doctor takes no argument such as 'extra'");
  }

  @Test
  void run_verbReturnsItsExitCode_unchanged() {
    assertThat(act(() -> 0, "act")).isZero();
    assertThat(act(() -> 1, "act")).isEqualTo(1);
  }

  @Test
  void run_expectedException_isOneLineAndExitCode1() {
    int exit =
        act(
            () -> {
              throw new IllegalArgumentException("--batch must be at least 1, not 0");
            },
            "act");
    assertThat(exit).isEqualTo(1);
    assertThat(screen.err()).isEqualTo("food: --batch must be at least 1, not 0\n");
    assertThat(screen.out()).isEmpty();
  }

  @Test
  void run_missingFile_isNamed() {
    int exit =
        act(
            () -> {
              throw new NoSuchFileException("photos/pizza");
            },
            "act");
    assertThat(exit).isEqualTo(1);
    assertThat(screen.err()).isEqualTo("food: There is no file or folder photos/pizza\n");
  }

  @Test
  void run_unexpectedException_namesItsClassAndTheWayToMore() {
    act(
        () -> {
          throw new NullPointerException("x");
        },
        "act");
    assertThat(screen.err())
        .startsWith("food: NullPointerException: x\n")
        .contains("--debug")
        .doesNotContain("\tat ");
  }

  @Test
  void run_debug_showsTheStackTrace() {
    act(
        () -> {
          throw new IllegalStateException("no");
        },
        "--debug",
        "act");
    assertThat(screen.err())
        .contains("java.lang.IllegalStateException: no", "\tat org.food4j.cli.FoodTest")
        .endsWith("food: no\n");
  }

  @Test
  void run_nativeLibraryMissing_isOneLineAndExitCode1() {
    int exit =
        act(
            () -> {
              throw new UnsatisfiedLinkError("no jnind4jcpu in java.library.path");
            },
            "act");
    assertThat(exit).isEqualTo(1);
    assertThat(screen.err())
        .isEqualTo(
            "food: A library does not load (UnsatisfiedLinkError: no jnind4jcpu in"
                + " java.library.path): food doctor says more.\n");
  }

  @Command(name = "group")
  private static final class Group {}

  @Test
  void run_verbInAGroup_inheritsTheGlobalOptions() {
    CommandLine commandLine = Food.commandLine(screen.terminal());
    commandLine.addSubcommand(new CommandLine(new Group()).addSubcommand(new Act(() -> 0)));
    assertThat(Food.run(Food.configured(commandLine), "group", "act", "--help")).isZero();
    assertThat(screen.out()).startsWith("Usage: food group act [-h] [--debug]");
  }

  @Test
  void tree_everyVerb_hasDescriptionExamplesAndInheritedOptions() {
    CommandLine food = Food.commandLine(screen.terminal());
    List<CommandLine> commands = new ArrayList<>(food.getSubcommands().values());
    for (int i = 0; i < commands.size(); i++) {
      CommandLine command = commands.get(i);
      // picocli formats descriptions: a lone per cent sign spoils one, with a warning only
      for (String line : command.getCommandSpec().usageMessage().description()) {
        assertThat(String.format(Locale.ROOT, line)).isNotBlank();
      }
      commands.addAll(command.getSubcommands().values());
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
      assertThat(command.getCommandSpec().optionsMap()).as(name).containsKeys("--help", "--debug");
      if (command.getCommand() instanceof Callable) {
        assertThat(command.getUsageMessage()).as(name).contains("Examples:\n  food ");
      }
    }
    assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
  }
}
