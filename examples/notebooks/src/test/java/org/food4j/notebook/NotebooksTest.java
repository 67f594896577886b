package org.food4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotebooksTest {
  @TempDir Path home;

  @BeforeEach
  void write() throws IOException {
    for (String file :
        new String[] {"10-last.jsh", "01-first.jsh", "imports.jsh", "01-first.ipynb"}) {
      Files.writeString(home.resolve(file), "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "01", "01-first", "01-first.jsh", "examples/notebooks/01-first.jsh"})
  void named_byNumberOrFile_isTheOne(String name) throws IOException {
    assertThat(new Notebooks(home).named(name)).containsExactly(home.resolve("01-first.jsh"));
  }

  @Test
  void named_all_areAllInOrder() throws IOException {
    assertThat(new Notebooks(home).named("all"))
        .containsExactly(home.resolve("01-first.jsh"), home.resolve("10-last.jsh"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0", "first", "01-fist", "imports", "--interactiv", ""})
  void named_asNone_isRefusedWithWhatThereIs(String name) {
    assertThatThrownBy(() -> new Notebooks(home).named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no notebook '%s'; there are\n  01-first.jsh\n  10-last.jsh", name);
  }
}
