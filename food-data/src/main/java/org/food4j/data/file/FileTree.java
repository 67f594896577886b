package org.food4j.data.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A file, or a directory and all in it. */
public final class FileTree {
  /** Decides on a file before it is deleted. */
  @FunctionalInterface
  interface Decision {
    /**
     * Whether to delete the file; if not, it has been taken away.
     *
     * @param path below the top, with {@code /} between folders
     */
    boolean delete(Path file, String path) throws IOException;
  }

  private FileTree() {}

  /**
   * Deletes it; links are deleted, not followed.
   *
   * @param top need not exist
   * @throws IOException if something in it cannot be deleted
   */
  public static void delete(Path top) throws IOException {
    delete(top, (file, path) -> true);
  }

  /** Deletes it, but for files that are taken away. */
  static void delete(Path top, Decision decision) throws IOException {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = top.relativize(file).toString();
            if (decision.delete(file, path.replace(file.getFileSystem().getSeparator(), "/"))) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
