package org.food4j.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
  @Test
  void close_withAProcessThatStillWorks_endsItAndDeletesItsFiles() throws Exception {
    Path path;
    Process process;
    try (TemporaryFolder folder = TemporaryFolder.create("food4j-test")) {
      path = folder.path();
      Files.writeString(path.resolve("file"), "content");
      // Writes for as long as it lives.
      process =
          folder.start(
              () ->
                  new ProcessBuilder("sh", "-c", "while :; do echo > log; done")
                      .directory(folder.path().toFile())
                      .start());
      assertThat(process.isAlive()).isTrue();
      assertThat(folder.isInterrupted()).isFalse();
    }
    assertThat(process.isAlive()).isFalse();
    assertThat(path).doesNotExist();
  }

  @Test
  void close_ofAFolderThatIsGone_isQuiet() throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create("food4j-test")) {
      Files.delete(folder.path());
    }
  }
}
