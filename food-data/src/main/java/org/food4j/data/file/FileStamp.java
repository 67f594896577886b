package org.food4j.data.file;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What tells, without reading it, whether a file is the one that it was. Equal stamps, same
 * content, provided that the first was {@linkplain #isSettled settled}.
 *
 * @param size in bytes
 * @param modifiedNanos last modification, since 1970, to the file system's precision
 * @param inode the file's number in its file system; 0 where there is none
 * @param changedNanos last change of the file or its attributes (Unix: ctime), which no program can
 *     set back; 0 where there is none
 */
public record FileStamp(long size, long modifiedNanos, long inode, long changedNanos)
    implements Serializable {
  private static final long SECOND = 1_000_000_000L;

  /** Linux stamps files with a clock that ticks every 1 to 10 ms. */
  private static final long TICK = 50_000_000L;

  /** FAT knows even seconds alone. */
  private static final long COARSE_TICK = 2 * SECOND;

  /**
   * The stamp of a file; links are followed.
   *
   * @throws IOException if it cannot be looked at
   */
  public static FileStamp of(Path file) throws IOException {
    return of(file, Files.readAttributes(file, BasicFileAttributes.class));
  }

  /**
   * The stamp of a file of which most is known.
   *
   * @param attributes of the file itself, links followed
   * @throws IOException if it cannot be looked at
   */
  public static FileStamp of(Path file, BasicFileAttributes attributes) throws IOException {
    long inode = 0;
    long changed = 0;
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> more = Files.readAttributes(file, "unix:ino,ctime");
      inode = (Long) more.get("ino");
      changed = nanos((FileTime) more.get("ctime"));
    }
    return new FileStamp(attributes.size(), nanos(attributes.lastModifiedTime()), inode, changed);
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  /**
   * How long until the clock that stamps files has certainly moved on from this stamp: content that
   * is read before may still change without a trace.
   *
   * @return in nanoseconds, at most 2 seconds; 0 or less if the stamp is settled; {@link
   *     Long#MAX_VALUE} if it lies in the future
   */
  public long nanosToSettle(Instant now) {
    long stamp = changedNanos == 0 ? modifiedNanos : changedNanos;
    long tick = stamp % SECOND == 0 ? COARSE_TICK : TICK;
    long left = stamp + tick - nanos(FileTime.from(now));
    return left > 2 * tick ? Long.MAX_VALUE : left;
  }

  /** Whether a change of the file from now on would change its stamp. */
  public boolean isSettled(Instant now) {
    return nanosToSettle(now) <= 0;
  }
}
