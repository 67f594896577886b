package org.food4j.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code food completion}: what a shell needs to complete this command's verbs and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script with which a shell completes verbs, options and their values.",
      "To install it, write it to a file, and add to ~/.bashrc or ~/.zshrc: source"
          + " ~/.food-completion"
    },
    footer = {
      "  food completion bash > ~/.food-completion",
      "  food completion zsh > ~/.food-completion"
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shell.Shells.class,
      converter = Shell.Shells.class,
      description = "Which shell: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  /** Prints to this terminal. */
  public CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.print(
        "# To install: examples/food completion %s > ~/.food-completion, and in %s: source ~/.food-completion"
            .formatted(shell.key(), shell.startFile()));
    CommandSpec serve = spec.root().subcommands().get("serve").getCommandSpec();
    for (String option : ServeCommand.OPTIONS) {
      Class<?> value = ServeCommand.OF_FILES.contains(option) ? Path.class : String.class;
      serve.addOption(OptionSpec.builder(option).type(value).build());
    }
    // The one script is for both: in zsh it asks for bash's completion first.
    terminal.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    return 0;
  }
}
