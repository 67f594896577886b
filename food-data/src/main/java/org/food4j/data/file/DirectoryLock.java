package org.food4j.data.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The right to write to a directory's or file's place, held by one caller on the machine at a time:
 * a lock of the operating system on the hidden sibling {@code .NAME.lock}. It ends with its
 * process, however that ends; closing it deletes the file, and the folders that were made for it if
 * they are empty.
 */
public final class DirectoryLock implements AutoCloseable {
  /** Beyond the file's content, so that the lock stops nobody from reading or deleting it. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int MOST_BYTES = 1 << 16;

  /**
   * Held by this process. Asked first, because Linux drops a process's lock as soon as it closes
   * any other channel to the same file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final List<Path> made;
  private final FileChannel channel;

  private DirectoryLock(Path file, List<Path> made, FileChannel channel) {
    this.file = file;
    this.made = made;
    this.channel = channel;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @return empty if somebody else holds it, in this process or another
   * @throws IOException if the file cannot be written
   */
  public static Optional<DirectoryLock> tryAcquire(DirectoryPlace place) throws IOException {
    Path file = place.hidden("lock");
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    List<Path> made = new ArrayList<>();
    Optional<FileChannel> channel = Optional.empty();
    try {
      for (Path folder = file.getParent(); Files.notExists(folder); folder = folder.getParent()) {
        made.add(folder);
      }
      channel = lock(file);
      return channel.map(locked -> new DirectoryLock(file, made, locked));
    } finally {
      if (channel.isEmpty()) {
        HELD.remove(file);
      }
    }
  }

  private static Optional<FileChannel> lock(Path file) throws IOException {
    while (true) {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean current = false;
      try {
        if (!lock(channel)) {
          return Optional.empty();
        }
        current = isStillAt(file, channel);
        if (current) {
          return Optional.of(channel);
        }
      } finally {
        if (!current) {
          channel.close();
        }
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      // Held by this process under another spelling of its path.
      return false;
    }
  }

  /**
   * Whether the file that was locked is still the one of that name: its last owner may have deleted
   * it meanwhile. Java cannot ask that of an open file, but a length drawn at random tells.
   */
  private static boolean isStillAt(Path file, FileChannel locked) throws IOException {
    int length = ThreadLocalRandom.current().nextInt(1, MOST_BYTES);
    locked.truncate(0);
    locked.write(ByteBuffer.allocate(1), length - 1);
    try {
      return Files.size(file) == length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Gives the lock back.
   *
   * @throws IOException if its file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(file);
      for (Path folder : made) {
        Files.deleteIfExists(folder);
      }
    } catch (DirectoryNotEmptyException e) {
      // Something was written: the folders stay.
    } finally {
      channel.close();
      HELD.remove(file);
    }
  }
}
