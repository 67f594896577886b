package org.food4j.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of intermediate files, without folders of its own. It outlives neither this object nor
 * this JVM, however that ends short of SIGKILL, and neither does the process that works in it.
 */
final class TemporaryFolder implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;
  private static final int PAUSE_MILLIS = 20;

  /** Until a process has certainly ended, see {@link #awaitEnd}. */
  private static final int ATTEMPTS = 2 * PATIENCE_SECONDS * 1000 / PAUSE_MILLIS;

  private final Path path;
  private final Thread hook = new Thread(this::deleteAtTheEnd, "temporary-folder");
  private Process process;
  private volatile boolean interrupted;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder.
   *
   * @throws IllegalStateException if the JVM is about to end
   */
  static TemporaryFolder create(String prefix) throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
    try {
      Runtime.getRuntime().addShutdownHook(folder.hook);
    } catch (IllegalStateException e) {
      folder.delete();
      throw e;
    }
    return folder;
  }

  Path path() {
    return path;
  }

  /** Starts a process that is ended before the folder is deleted. */
  interface Start {
    Process start() throws IOException;
  }

  /**
   * Starts the process that works in the folder, one at most.
   *
   * @throws IOException if it does not start, or the folder is gone as the JVM is about to end
   */
  synchronized Process start(Start launcher) throws IOException {
    if (interrupted) {
      throw new IOException("This process is about to end");
    }
    process = launcher.start();
    return process;
  }

  /** Whether the JVM has been told to end, so that the process was ended before its time. */
  boolean isInterrupted() {
    return interrupted;
  }

  private void deleteAtTheEnd() {
    interrupted = true;
    try {
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The JVM is about to end: the hook has begun.
    }
    delete();
  }

  private synchronized void delete() throws IOException {
    if (process != null) {
      // First so that it can delete its own temporary files; only an ended one writes no more.
      process.destroy();
      awaitEnd(process);
      process.destroyForcibly();
      awaitEnd(process);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        deleteFiles();
        return;
      } catch (DirectoryNotEmptyException e) {
        // At the JVM's end the process of another folder may still write here.
        if (attempt == ATTEMPTS || !interrupted) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void awaitEnd(Process process) {
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private void deleteFiles() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> content = Files.list(path)) {
      files = content.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(path);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
