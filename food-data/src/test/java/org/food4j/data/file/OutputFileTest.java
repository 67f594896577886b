package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  @Test
  void place_inAFolder_isAccepted() throws Exception {
    assertThatCode(() -> OutputFile.requirePlace(folder.resolve("new.png")))
        .doesNotThrowAnyException();
    assertThat(folder).isEmptyDirectory();
    Path old = Files.createFile(folder.resolve("old.png"));
    assertThatCode(() -> OutputFile.requirePlace(old)).doesNotThrowAnyException();
    assertThatCode(() -> OutputFile.requirePlace(Path.of("no-such-file.png")))
        .as("in the working directory")
        .doesNotThrowAnyException();
  }

  @Test
  void place_thatIsAFolder_isRefused() {
    refused(folder, folder + " is a folder: name a file in it");
    refused(Path.of("."), ". is a folder: name a file in it");
    refused(folder.getRoot(), folder.getRoot() + " is a folder: name a file in it");
  }

  @Test
  void place_inNoFolder_isRefused() throws Exception {
    Path missing = folder.resolve("missing");
    refused(
        missing.resolve("x.png"),
        "There is no folder " + missing + " for x.png: make it, or name another");
    assertThat(missing).doesNotExist();
    Path letter = Files.createFile(folder.resolve("letter.txt"));
    refused(
        letter.resolve("x.png"), letter + " is a file, so x.png cannot lie in it: name a folder");
  }

  @Test
  void place_inAFolderOfOthers_isRefused() {
    assumeFalse(
        !folder.toFile().setWritable(false) || Files.isWritable(folder),
        "whoever runs this may write everywhere");
    refused(
        folder.resolve("x.png"),
        "No permission to write into the folder " + folder + ": name another for x.png");
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> OutputFile.requirePlace(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
