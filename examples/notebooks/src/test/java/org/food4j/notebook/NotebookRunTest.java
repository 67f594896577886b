package org.food4j.notebook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NotebookRunTest {
  @Test
  void run_thatUsesTheLibraryAndEarlierCells_ends() {
    assertThatCode(
            () ->
                run(
                    "import org.food4j.data.page.*;\n\nString text = Unit.PERCENT.text(0.5);\n\n"
                        + "int twice(int n) {\n  return 2 * n;\n}\nif (twice(2) != 4 || !text.startsWith(\"50\")) throw new Exception(text);"))
        .doesNotThrowAnyException();
  }

  @Test
  void run_aSnippetThatDoesNotCompile_failsWithItsLine() {
    assertThatThrownBy(() -> run("int a = 1;\n\n// Words.\n\nint b = a;\nint c = \"text\";\n"))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("test.jsh:6: incompatible types")
        .hasMessageContaining("int c = \"text\";");
  }

  @Test
  void run_anUnknownType_failsWithItsName() {
    assertThatThrownBy(() -> run("Pizzeria p;\n"))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("test.jsh:1: ")
        .hasMessageContaining("class Pizzeria");
  }

  @Test
  void run_aSnippetThatThrows_failsWithTheException() {
    assertThatThrownBy(
            () -> run("int a = 1;\n\nObject o = java.util.List.of().get(a);\nint never = 1 / 0;"))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("test.jsh:3: java.lang.ArrayIndexOutOfBoundsException")
        .hasMessageContaining("at ");
  }

  @Test
  void run_aSnippetThatNeverEnds_isIncomplete() {
    assertThatThrownBy(() -> run("int f() {\n  return 1;\n"))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("test.jsh:1: the snippet is not complete");
  }

  private static void run(String script) throws NotebookException {
    try (NotebookRun run = new NotebookRun("test.jsh")) {
      run.run(Cell.read(script));
    }
  }
}
