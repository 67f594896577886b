package org.food4j.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Puts a finished directory in the place of an old one. New files are written into a hidden sibling
 * ({@code .NAME.preparing}); the old directory steps aside ({@code .NAME.replaced}), the new one
 * takes its name, and the old one is deleted. Whoever finds {@code .NAME.replaced} after a crash
 * can tell by the presence of {@code NAME} which half was reached.
 *
 * <p>One writer at a time: writers hold the place's {@link DirectoryLock}. Readers call {@link
 * #settle} first.
 */
public final class DirectorySwap {
  /** Fills a directory. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the files.
     *
     * @param staging an empty directory
     * @throws IOException if that fails; the directory is then deleted
     */
    void writeTo(Path staging) throws IOException;
  }

  /** A writer at work needs far less between its two moves. */
  private static final Duration MOST_WAITING = Duration.ofSeconds(5);

  private final DirectoryPlace place;
  private final Path target;
  private final Path staging;
  private final Path replaced;
  private final Predicate<String> ours;

  /**
   * @param place of the directory to be replaced, which need not exist
   * @param ours whether a file may be deleted with the old directory, by its path in there with
   *     {@code /} between folders; others move to the new one
   */
  public DirectorySwap(DirectoryPlace place, Predicate<String> ours) {
    this.place = place;
    this.target = place.directory();
    this.staging = place.hidden("preparing");
    this.replaced = place.hidden("replaced");
    this.ours = ours;
  }

  /**
   * Writes a new directory and puts it in the target's place; if either fails, nothing of it stays.
   * For the holder of the lock.
   *
   * @throws IOException if writing or moving fails
   */
  public void replace(Content content) throws IOException {
    try {
      content.writeTo(stage());
      commit();
    } finally {
      discard();
    }
  }

  /**
   * An empty directory to write into; what an interrupted run left there is deleted.
   *
   * @throws IOException if the leftovers cannot be deleted or the directory cannot be made
   */
  public Path stage() throws IOException {
    Files.createDirectories(target.getParent());
    discard();
    return Files.createDirectory(staging);
  }

  /**
   * Deletes the staged directory, if there is one.
   *
   * @throws IOException if something in it cannot be deleted
   */
  public void discard() throws IOException {
    FileTree.delete(staging);
  }

  /**
   * Gives the staged directory the target's name.
   *
   * @throws IOException if a move fails; {@link #recover} brings back a directory then
   */
  public void commit() throws IOException {
    if (Files.exists(target)) {
      Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    deleteReplaced();
  }

  /**
   * Takes the target away, whole at once: what is left of an interrupted deletion bears the staged
   * directory's name.
   *
   * @throws IOException if something in it cannot be deleted
   */
  public void remove() throws IOException {
    discard();
    Files.move(target, staging, StandardCopyOption.ATOMIC_MOVE);
    discard();
  }

  /**
   * Ends or undoes a replacement that was interrupted. For the holder of the lock.
   *
   * @throws IOException if a move fails
   */
  public void recover() throws IOException {
    if (Files.exists(replaced)) {
      if (Files.exists(target)) {
        deleteReplaced();
      } else {
        Files.move(replaced, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /**
   * Makes the directory readable: {@linkplain #recover recovers} what a killed writer left, or
   * waits the moment in which a writer at work has neither the old nor the new directory in place.
   *
   * @throws IOException if a move fails
   */
  public void settle() throws IOException {
    long start = System.nanoTime();
    while (Files.exists(replaced)) {
      Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(place);
      if (lock.isPresent()) {
        DirectoryLock held = lock.get();
        try (held) {
          recover();
        }
        return;
      }
      if (Files.exists(target) || System.nanoTime() - start > MOST_WAITING.toNanos()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private void deleteReplaced() throws IOException {
    if (!Files.exists(replaced)) {
      return;
    }
    FileTree.delete(
        replaced,
        (file, path) -> {
          if (ours.test(path)) {
            return true;
          }
          // Something of the user's, a note perhaps: it stays where it was.
          Path kept = target.resolve(path);
          Files.createDirectories(kept.getParent());
          Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
          return false;
        });
  }
}
