package org.food4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every way of running a notebook asks of its file. */
class ScriptTest {
  /** GitHub and Jupyter cut off or scroll what is longer. */
  private static final int LONGEST_LINE = 105;

  static List<Path> scripts() throws IOException {
    return new Notebooks(Path.of("")).list();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void lines_areNotTooLongToRead(Path script) throws IOException {
    assertThat(Files.readAllLines(script)).allMatch(line -> line.length() <= LONGEST_LINE);
  }

  /**
   * The {@code jshell} tool takes a snippet as soon as the lines so far could be one, Jupyter and
   * {@link NotebookRun} take the longest: a call that begins a line with its dot is two snippets to
   * the one and one to the others.
   */
  @ParameterizedTest
  @MethodSource("scripts")
  void snippets_areTheSameLineByLine(Path script) throws IOException {
    String text = Files.readString(script);
    try (JShell shell = shell()) {
      SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
      for (Cell cell : Cell.read(text)) {
        if (!cell.prose()) {
          assertThat(lineByLine(analysis, cell.source()))
              .as("%s, cell of line %d", script.getFileName(), cell.line())
              .isEqualTo(atOnce(analysis, cell.source()));
        }
      }
    }
  }

  @Test
  void snippets_ofADotThatBeginsALine_differ() {
    String source = "String a = \"b\"\n    .strip();";
    try (JShell shell = shell()) {
      assertThat(lineByLine(shell.sourceCodeAnalysis(), source))
          .isNotEqualTo(atOnce(shell.sourceCodeAnalysis(), source));
    }
  }

  private static JShell shell() {
    return JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build();
  }

  private static List<String> lineByLine(SourceCodeAnalysis analysis, String source) {
    List<String> snippets = new ArrayList<>();
    String open = "";
    for (String line : source.lines().toList()) {
      open += line + "\n";
      if (analysis.analyzeCompletion(open).completeness().isComplete()) {
        snippets.addAll(atOnce(analysis, open));
        open = "";
      }
    }
    snippets.addAll(atOnce(analysis, open));
    return snippets;
  }

  private static List<String> atOnce(SourceCodeAnalysis analysis, String source) {
    List<String> snippets = new ArrayList<>();
    String rest = source.strip();
    while (!rest.isEmpty()) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (!info.completeness().isComplete()) {
        snippets.add(rest);
        break;
      }
      snippets.add(info.source().strip());
      rest = info.remaining().strip();
    }
    return snippets;
  }
}
