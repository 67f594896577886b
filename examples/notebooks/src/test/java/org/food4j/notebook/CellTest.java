package org.food4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellTest {
  @Test
  void read_proseAndCode_alternate() {
    assertThat(
            Cell.read("// # Title\n//\n// Words.\n\nint a = 1;\n// why\nint b = 2;\n\n\n// End.\n"))
        .containsExactly(
            new Cell(true, 1, "# Title\n\nWords."),
            new Cell(false, 5, "int a = 1;\n// why\nint b = 2;"),
            new Cell(true, 10, "End."));
  }

  @Test
  void read_proseAfterProse_isOneCell() {
    assertThat(Cell.read("// One.\n\n// Two.\n"))
        .containsExactly(new Cell(true, 1, "One.\n\nTwo."));
  }

  @Test
  void read_nothing_hasNoCells() {
    assertThat(Cell.read("\n \n")).isEmpty();
  }
}
