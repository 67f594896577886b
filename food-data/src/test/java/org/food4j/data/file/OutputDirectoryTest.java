package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
  @TempDir Path folder;

  @Test
  void isFree_ofMissingAndEmptyFolders_isTrueAndMakesNothing() throws Exception {
    assertThat(OutputDirectory.isFree(folder.resolve("missing"))).isTrue();
    assertThat(folder.resolve("missing")).doesNotExist();
    assertThat(OutputDirectory.isFree(folder)).isTrue();
  }

  @Test
  void isFree_ofAFolderWithAnything_isFalse() throws Exception {
    Files.createFile(folder.resolve(".hidden"));
    assertThat(OutputDirectory.isFree(folder)).isFalse();
  }

  @Test
  void isFree_ofAFile_isRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("letter.txt"));
    assertThatThrownBy(() -> OutputDirectory.isFree(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letter.txt is a file");
  }
}
