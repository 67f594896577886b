package org.food4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a folder can be written to and its disk has room.
 *
 * @param advice what to do when not
 */
record FolderCheck(String name, Path folder, String advice) {
  /** Natives take 300 MB unpacked; below this, builds and checkpoints begin to fail. */
  private static final long ROOM = 1L << 30;

  /** Where JavaCPP unpacks native libraries, by its own rule. */
  static Path nativeCache() {
    String named = System.getProperty("org.bytedeco.javacpp.cachedir");
    return named == null
        ? Path.of(System.getProperty("user.home"), ".javacpp", "cache")
        : Path.of(named);
  }

  Finding look() throws IOException {
    Files.createDirectories(folder);
    Path probe = Files.createTempFile(folder, "food", ".tmp");
    Files.delete(probe);
    return judge(Files.getFileStore(folder).getUsableSpace());
  }

  Finding judge(long free) {
    String found = "%s, %s free".formatted(folder, MemoryCheck.gib(free));
    return free < ROOM ? Finding.fail(name, found, advice) : Finding.ok(name, found);
  }
}
