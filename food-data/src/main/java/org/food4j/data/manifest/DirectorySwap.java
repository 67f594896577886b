package org.food4j.data.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts a finished directory in the place of an old one. New files are written into a hidden sibling
 * ({@code .NAME.preparing}); the old directory steps aside ({@code .NAME.replaced}), the new one
 * takes its name, and the old one is deleted. Whoever finds {@code .NAME.replaced} after a crash
 * can tell by the presence of {@code NAME} which half was reached.
 */
final class DirectorySwap {
  private final Path target;
  private final Path staging;
  private final Path replaced;
  private final Set<String> ours;

  /**
   * @param target the directory to be replaced, which need not exist
   * @param ours names of the files that may be deleted with the old directory; others are kept
   */
  DirectorySwap(Path target, Set<String> ours) {
    Path place = target.toAbsolutePath().normalize();
    if (place.getParent() == null) {
      throw new IllegalArgumentException("A data set cannot lie at " + place);
    }
    this.target = place;
    this.staging = place.resolveSibling("." + place.getFileName() + ".preparing");
    this.replaced = place.resolveSibling("." + place.getFileName() + ".replaced");
    this.ours = ours;
  }

  /** An empty directory to write into; what an interrupted run left there is deleted. */
  Path stage() throws IOException {
    Files.createDirectories(target.getParent());
    if (Files.exists(staging)) {
      for (Path leftover : list(staging)) {
        Files.delete(leftover);
      }
      Files.delete(staging);
    }
    return Files.createDirectory(staging);
  }

  /** Gives the staged directory the target's name. */
  void commit() throws IOException {
    if (Files.exists(target)) {
      Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    deleteReplaced();
  }

  /** Ends or undoes a replacement that was interrupted. */
  void recover() throws IOException {
    if (Files.exists(replaced)) {
      if (Files.exists(target)) {
        deleteReplaced();
      } else {
        Files.move(replaced, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private void deleteReplaced() throws IOException {
    if (!Files.exists(replaced)) {
      return;
    }
    for (Path file : list(replaced)) {
      if (ours.contains(file.getFileName().toString())) {
        Files.delete(file);
      } else {
        // Something of the user's, a note perhaps: it stays where it was.
        Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.delete(replaced);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
