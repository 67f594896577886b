package org.food4j.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.manifest.PhotoFolders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackTargetTest {
  private static final PackTarget.Content CONTENT =
      sink -> sink.put(PackDocument.NAME, json().getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  private static String json() {
    return PackDocument.of("f", new PackSummary.Counts(2, 0, 0, 0, 0, 0), Map.of()).toJson();
  }

  @Test
  void write_aZipWhereAKilledWriterLeftItsFile_leavesTheZipAlone() throws IOException {
    PhotoFolders.write(folder.resolve(".pack.zip.writing"), new byte[1 << 16]);
    PhotoFolders.write(folder.resolve(".pack.zip.lock"), new byte[1]);
    Path zip = folder.resolve("pack.zip");

    PackTarget.at(zip)
        .write(
            sink -> {
              assertThat(PhotoFolders.names(folder))
                  .containsExactly(".pack.zip.lock", ".pack.zip.writing");
              CONTENT.giveTo(sink);
            });

    assertThat(PhotoFolders.names(folder)).containsExactly("pack.zip");
    assertThat(Files.size(zip)).isLessThan(1 << 12);
    PackTarget.at(zip).requireReplaceable();
  }

  @Test
  void write_aZipThroughALink_replacesWhatTheLinkLeadsTo() throws IOException {
    Path zip = Files.createDirectory(folder.resolve("real")).resolve("pack.zip");
    Path link = Files.createSymbolicLink(folder.resolve("link.zip"), zip);

    PackTarget.at(link).write(CONTENT);

    assertThat(zip).isNotEmptyFile();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void write_somebodyElseWrites_isRefused() throws IOException {
    for (String name : List.of("pack.zip", "pack")) {
      Path out = folder.resolve(name);
      DirectoryLock lock = DirectoryLock.tryAcquire(DirectoryPlace.of(out)).orElseThrow();
      try (lock) {
        assertThatThrownBy(() -> PackTarget.at(out).write(CONTENT))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("somebody else writes there");
      }
    }
    assertThat(PhotoFolders.names(folder)).isEmpty();
  }

  @Test
  void write_whereAWriterWasKilledBetweenItsMoves_firstBringsTheOldBack() throws IOException {
    PhotoFolders.write(folder.resolve(".pack.replaced/thesis.txt"), new byte[3]);

    assertThatThrownBy(() -> PackTarget.at(folder.resolve("pack")).write(CONTENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not empty and no pack");

    assertThat(PhotoFolders.names(folder)).containsExactly("pack");
    assertThat(PhotoFolders.names(folder.resolve("pack"))).containsExactly("thesis.txt");
  }
}
