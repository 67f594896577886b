package org.food4j.data.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/**
 * Puts a finished directory in the place of an old one. New files are written into a hidden sibling
 * ({@code .NAME.preparing}); the old directory steps aside ({@code .NAME.replaced}), the new one
 * takes its name, and the old one is deleted. Whoever finds {@code .NAME.replaced} after a crash
 * can tell by the presence of {@code NAME} which half was reached. Not thread-safe.
 */
public final class DirectorySwap {
  private final Path target;
  private final Path staging;
  private final Path replaced;
  private final Predicate<String> ours;

  /**
   * @param target the directory to be replaced, which need not exist
   * @param ours whether a file may be deleted with the old directory, by its path in there with
   *     {@code /} between folders; others are kept
   * @throws IllegalArgumentException if the target is a root of the file system
   */
  public DirectorySwap(Path target, Predicate<String> ours) {
    Path place = target.toAbsolutePath().normalize();
    if (place.getParent() == null) {
      throw new IllegalArgumentException("Results cannot lie at " + place);
    }
    this.target = place;
    this.staging = place.resolveSibling("." + place.getFileName() + ".preparing");
    this.replaced = place.resolveSibling("." + place.getFileName() + ".replaced");
    this.ours = ours;
  }

  /** An empty directory to write into; what an interrupted run left there is deleted. */
  public Path stage() throws IOException {
    Files.createDirectories(target.getParent());
    discard();
    return Files.createDirectory(staging);
  }

  /** Deletes what was staged, if anything was. */
  public void discard() throws IOException {
    if (Files.exists(staging)) {
      delete(staging, path -> true);
    }
  }

  /** Gives the staged directory the target's name. */
  public void commit() throws IOException {
    if (Files.exists(target)) {
      Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    deleteReplaced();
  }

  /** Ends or undoes a replacement that was interrupted. */
  public void recover() throws IOException {
    if (Files.exists(replaced)) {
      if (Files.exists(target)) {
        deleteReplaced();
      } else {
        Files.move(replaced, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private void deleteReplaced() throws IOException {
    if (Files.exists(replaced)) {
      delete(replaced, ours);
    }
  }

  /** Deletes a tree, but for files that are not to be: those move into the target. */
  private void delete(Path root, Predicate<String> deleted) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path relative = root.relativize(file);
            if (deleted.test(
                relative.toString().replace(file.getFileSystem().getSeparator(), "/"))) {
              Files.delete(file);
            } else {
              // Something of the user's, a note perhaps: it stays where it was.
              Path place = target.resolve(relative);
              Files.createDirectories(place.getParent());
              Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
