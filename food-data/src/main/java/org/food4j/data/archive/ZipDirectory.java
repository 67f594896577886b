package org.food4j.data.archive;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.food4j.data.file.Sha256;

/**
 * The central directory of a zip (APPNOTE 6.3.10, with Zip64), read as a stream: an archive of a
 * million names takes no more memory than one of ten. What stands before the archive, such as a
 * program that unpacks it, does not matter.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MOST_COMMENT = 0xffff;
  private static final int WIDE_END = 0x06064b50;
  private static final int WIDE_END_BYTES = 56;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int MEMBER = 0x02014b50;
  private static final int MEMBER_BYTES = 46;

  private final FileChannel channel;
  private final Path file;
  private final long start;
  private final long bytes;
  private final long shift;
  private final int announced;

  private ZipDirectory(
      FileChannel channel, Path file, long start, long bytes, long stated, long announced) {
    this.channel = channel;
    this.file = file;
    this.start = start;
    this.bytes = bytes;
    this.shift = start - stated;
    this.announced = (int) Math.min(Math.max(announced, 0), Integer.MAX_VALUE);
  }

  /** Takes the members one after the other. */
  @FunctionalInterface
  interface Visitor {
    void visit(ZipMember member) throws IOException;
  }

  /**
   * Finds the central directory.
   *
   * @return empty if the file is no zip
   * @throws ArchiveException if it is one, but cut off or in several parts
   */
  static Optional<ZipDirectory> find(FileChannel channel, Path file) throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_BYTES + MOST_COMMENT);
    ByteBuffer end = read(channel, size - tail, tail);
    int at = tail - END_BYTES;
    while (at >= 0
        && (end.getInt(at) != END
            || at + END_BYTES + Short.toUnsignedInt(end.getShort(at + 20)) > tail)) {
      at--;
    }
    if (at < 0) {
      return Optional.empty();
    }
    long endAt = size - tail + at;
    int disk = Short.toUnsignedInt(end.getShort(at + 4));
    long count = Short.toUnsignedInt(end.getShort(at + 10));
    long bytes = Integer.toUnsignedLong(end.getInt(at + 12));
    long stated = Integer.toUnsignedLong(end.getInt(at + 16));
    Optional<ByteBuffer> wide = wideEnd(channel, endAt);
    long directoryEnd = endAt;
    if (wide.isPresent()) {
      disk = wide.get().getInt(16);
      count = wide.get().getLong(32);
      bytes = wide.get().getLong(40);
      stated = wide.get().getLong(48);
      directoryEnd = endAt - LOCATOR_BYTES - wide.get().limit();
    }
    if (disk != 0) {
      throw new ArchiveException(
          file, "one part of an archive in several: put them together, or unpack them");
    }
    long start = directoryEnd - bytes;
    if (bytes < 0 || start < 0 || stated < 0 || stated > start) {
      throw new ArchiveException(file, "damaged: its central directory is not where it should be");
    }
    return Optional.of(new ZipDirectory(channel, file, start, bytes, stated, count));
  }

  /** The Zip64 end record, to its end, if there is one. */
  private static Optional<ByteBuffer> wideEnd(FileChannel channel, long endAt) throws IOException {
    if (endAt < LOCATOR_BYTES + WIDE_END_BYTES) {
      return Optional.empty();
    }
    long locatorAt = endAt - LOCATOR_BYTES;
    if (read(channel, locatorAt, LOCATOR_BYTES).getInt(0) != LOCATOR) {
      return Optional.empty();
    }
    // Not where the locator says, which is wrong behind a program, but where writers put it.
    ByteBuffer wide = read(channel, locatorAt - WIDE_END_BYTES, WIDE_END_BYTES);
    return wide.getInt(0) == WIDE_END ? Optional.of(wide) : Optional.empty();
  }

  /** How many members the archive says it has; a claim. */
  int announced() {
    return announced;
  }

  /** Added to a member's offset gives its place in the file. */
  long shift() {
    return shift;
  }

  /**
   * SHA-256 of the central directory, which holds every member's name, length and CRC-32: archives
   * alike in it unpack to the same files.
   */
  String digest() throws IOException {
    try (InputStream in = new ChannelSlice(channel, start, bytes)) {
      return Sha256.of(in);
    }
  }

  /**
   * Reads every member's record.
   *
   * @throws ArchiveException if a record is damaged
   */
  void forEach(Visitor visitor) throws IOException {
    byte[] fixed = new byte[MEMBER_BYTES];
    ByteBuffer header = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
    long left = bytes;
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new ChannelSlice(channel, start, bytes), 1 << 16))) {
      while (left >= MEMBER_BYTES) {
        in.readFully(fixed);
        if (header.getInt(0) != MEMBER) {
          throw damaged();
        }
        byte[] name = new byte[Short.toUnsignedInt(header.getShort(28))];
        byte[] extra = new byte[Short.toUnsignedInt(header.getShort(30))];
        int comment = Short.toUnsignedInt(header.getShort(32));
        in.readFully(name);
        in.readFully(extra);
        in.skipNBytes(comment);
        left -= MEMBER_BYTES + name.length + extra.length + comment;
        visitor.visit(ZipMember.of(header, name, extra));
      }
    } catch (EOFException e) {
      throw damaged();
    }
  }

  private ArchiveException damaged() {
    return new ArchiveException(file, "damaged: its central directory is broken");
  }

  /**
   * Reads a piece of the file.
   *
   * @return little-endian; filled with zeros where the file ends too early
   */
  static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (piece.hasRemaining() && channel.read(piece, position + piece.position()) >= 0) {
      // Reads may be short.
    }
    return piece.clear();
  }
}
