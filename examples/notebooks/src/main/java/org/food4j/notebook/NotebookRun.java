package org.food4j.notebook;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;

/**
 * Runs a notebook in a JShell inside this process, up to its first failure. The {@code jshell} tool
 * itself goes on after a snippet that does not compile or throws, and ends with 0.
 */
final class NotebookRun implements AutoCloseable {
  private final String name;
  private final JShell shell;

  /**
   * @param name of the file, for messages
   */
  NotebookRun(String name) {
    this.name = name;
    shell = JShell.builder().executionEngine(new LocalExecutionControlProvider(), null).build();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      shell.addToClasspath(entry);
    }
  }

  /**
   * Runs all code, cell by cell.
   *
   * @throws NotebookException at the first snippet that is rejected or throws
   */
  void run(List<Cell> cells) throws NotebookException {
    for (Cell cell : cells) {
      if (!cell.prose()) {
        run(cell);
      }
    }
  }

  private void run(Cell cell) throws NotebookException {
    String rest = cell.source();
    while (!rest.isBlank()) {
      int line =
          cell.line() + lines(cell.source().substring(0, cell.source().length() - rest.length()));
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (!info.completeness().isComplete()) {
        if (rest.lines().allMatch(each -> each.strip().startsWith("//"))) {
          return;
        }
        throw failure(line, "the snippet is not complete", rest);
      }
      for (SnippetEvent event : shell.eval(info.source())) {
        check(event, line, info.source());
      }
      rest = info.remaining().stripLeading();
    }
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  private void check(SnippetEvent event, int line, String source) throws NotebookException {
    JShellException exception = event.exception();
    if (exception instanceof EvalException thrown) {
      throw failure(
          line,
          "%s: %s%s"
              .formatted(
                  thrown.getExceptionClassName(),
                  thrown.getMessage(),
                  List.of(thrown.getStackTrace()).stream()
                      .limit(12)
                      .map(element -> "\n    at " + element)
                      .collect(Collectors.joining())),
          source);
    }
    if (exception != null || event.status() != Snippet.Status.VALID && !isReplaced(event)) {
      String why =
          shell
              .diagnostics(event.snippet())
              .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
              .collect(Collectors.joining("\n"));
      if (event.snippet() instanceof DeclarationSnippet declaration) {
        why +=
            shell
                .unresolvedDependencies(declaration)
                .map("there is no %s"::formatted)
                .collect(Collectors.joining(", "));
      }
      throw failure(line, why, source);
    }
  }

  /** A snippet that a later one redefines is overwritten, which is no failure. */
  private static boolean isReplaced(SnippetEvent event) {
    return event.status() == Snippet.Status.OVERWRITTEN && event.causeSnippet() != null;
  }

  private NotebookException failure(int line, String why, String source) {
    return new NotebookException(
        "%s:%d: %s%n%n%s".formatted(name, line, why, source.stripTrailing().indent(4)));
  }

  @Override
  public void close() {
    shell.close();
  }
}
