package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.food4j.data.manifest.PhotoFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySwapTest {
  @TempDir Path folder;
  private Path target;
  private DirectorySwap swap;

  @BeforeEach
  void makeSwap() throws IOException {
    target = folder.resolve("mine");
    swap = new DirectorySwap(DirectoryPlace.of(target), Set.of("one", "two")::contains);
  }

  /** Every state on disk that a killed commit can leave, made by hand. */
  @Test
  void recover_afterEachStepOfACommit_givesTheOldOrTheNew() throws IOException {
    fill(target, "old");
    PhotoFolders.write(target.resolve("deep/note"), new byte[] {'m', 'i', 'n', 'e'});
    Files.writeString(target.resolve("note"), "mine");
    afterAKillIs("old");
    fill(swap.stage(), "new");
    afterAKillIs("old");
    Files.move(target, folder.resolve(".mine.replaced"));
    afterAKillIs("old");

    Files.move(target, folder.resolve(".mine.replaced"));
    Files.move(folder.resolve(".mine.preparing"), target);
    Files.delete(folder.resolve(".mine.replaced/one"));
    afterAKillIs("new");
    assertThat(PhotoFolders.names(folder)).containsExactly("mine");
  }

  @Test
  void stage_afterAKill_startsEmpty() throws IOException {
    PhotoFolders.write(swap.stage().resolve("deep/down/one"), new byte[1]);

    assertThat(swap.stage()).isEmptyDirectory();
    swap.discard();
    assertThat(PhotoFolders.names(folder)).isEmpty();
  }

  @Test
  void discard_linkOutOfTheFolder_deletesTheLinkAlone() throws IOException {
    Path other = PhotoFolders.write(folder.resolve("other/photo"), new byte[1]);
    Files.createSymbolicLink(swap.stage().resolve("link"), other.getParent());

    swap.discard();

    assertThat(other).exists();
    assertThat(PhotoFolders.names(folder)).containsExactly("other");
  }

  @Test
  void settle_writerAtWork_waitsForItRatherThanInterfere() throws Exception {
    fill(target, "old");
    DirectoryLock lock = DirectoryLock.tryAcquire(DirectoryPlace.of(target)).orElseThrow();
    fill(swap.stage(), "new");
    Files.move(target, folder.resolve(".mine.replaced"));
    Thread reader = new Thread(() -> settle(swap));
    reader.start();

    Files.move(folder.resolve(".mine.preparing"), target);
    reader.join();

    assertThat(folder.resolve(".mine.replaced")).exists();
    lock.close();
    swap.settle();
    assertThat(target.resolve("one")).hasContent("new");
    assertThat(PhotoFolders.names(folder)).containsExactly("mine");
  }

  @Test
  void of_linkToADirectoryThatSteppedAside_isStillItsPlace() throws IOException {
    fill(target, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("mine"));
    Files.move(target, folder.resolve(".mine.replaced"));

    new DirectorySwap(DirectoryPlace.of(link), name -> true).settle();

    assertThat(link.resolve("one")).hasContent("old");
  }

  private static void settle(DirectorySwap swap) {
    try {
      swap.settle();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void afterAKillIs(String content) throws IOException {
    swap.settle();
    assertThat(target.resolve("one")).hasContent(content);
    assertThat(target.resolve("two")).hasContent(content);
    assertThat(target.resolve("note")).hasContent("mine");
    assertThat(target.resolve("deep/note")).hasContent("mine");
  }

  private static void fill(Path directory, String content) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("one"), content);
    Files.writeString(directory.resolve("two"), content);
  }
}
