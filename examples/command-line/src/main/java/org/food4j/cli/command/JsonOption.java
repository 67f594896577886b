package org.food4j.cli.command;

import org.food4j.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/** The option of verbs that report: the same result as one JSON document. */
final class JsonOption {
  @Option(
      names = "--json",
      description =
          "Print one JSON document on standard output, everything else on standard error.")
  private boolean json;

  /** Whether the option was given. */
  boolean isSet() {
    return json;
  }

  /**
   * Prints the result in the form that was asked for.
   *
   * @param document a record, map or list; keys are written in snake_case
   * @param text prints the same for people
   */
  void print(Terminal terminal, Object document, Runnable text) {
    if (json) {
      terminal.json(document);
    } else {
      text.run();
    }
  }
}
