package org.food4j.data.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.food4j.data.scan.IgnoredName;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;

/**
 * Writes the files of one archive into an empty folder, and nothing anywhere else: no path leaves
 * the folder, no link is made, no file is written twice. What is refused is listed.
 */
final class Unpacking {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int STORED = 0;
  private static final int DEFLATE = 8;
  private static final int BUFFER = 1 << 14;

  /** What Windows does not allow in names. */
  private static final Pattern WINDOWS = Pattern.compile(".*[<>:\"|?*].*", Pattern.DOTALL);

  private final FileChannel channel;
  private final Path archive;
  private final Path folder;
  private final UnpackLimits limits;
  private final NameTable names = new NameTable();
  private final List<Rejection> refused = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private long members;
  private long folders;
  private long inflated;
  private long files;
  private boolean damaged;

  Unpacking(FileChannel channel, Path archive, Path folder, UnpackLimits limits) {
    this.channel = channel;
    this.archive = archive;
    this.folder = folder;
    this.limits = limits;
  }

  /** Why a single member is not unpacked. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
      super(reason, null, false, false);
    }
  }

  private Refusal damage(String what) {
    damaged = true;
    return new Refusal("damaged: " + what);
  }

  /**
   * Unpacks every member.
   *
   * @throws ArchiveException if the archive is damaged as a whole or beyond a limit
   * @throws IOException if it cannot be read, or the folder not be written
   */
  void run(ZipDirectory directory, Progress progress) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      directory.forEach(
          member -> {
            members++;
            requireFewMembers();
            unpack(member, directory.shift(), inflater);
            progress.update((int) members, (int) Math.max(members, directory.announced()));
          });
    } finally {
      inflater.end();
    }
  }

  /** Folders on the way to a member cost as much as members: a short path can hold thirty. */
  private void requireFewMembers() throws ArchiveException {
    if (members + folders > limits.members()) {
      throw limits.tooManyMembers(archive);
    }
  }

  /** Members that were not unpacked, in the archive's order. */
  List<Rejection> refused() {
    return refused;
  }

  /** Files that were unpacked. */
  long files() {
    return files;
  }

  /** Whether a file was refused because it is damaged. */
  boolean damaged() {
    return damaged;
  }

  private void unpack(ZipMember member, long shift, Inflater inflater) throws IOException {
    MemberName name = MemberName.of(member);
    if (name.segments().stream().anyMatch(s -> !s.equals("..") && IgnoredName.matches(s))) {
      return;
    }
    try {
      if (name.segments().isEmpty() && name.isFolder() && !name.text().startsWith("/")) {
        return; // the archive's own folder, "./"
      }
      boolean isFolder = name.isFolder() || member.isFolder();
      requireUnpackable(name, member, isFolder);
      Path target = place(name, isFolder);
      if (!isFolder) {
        write(member, shift, inflater, target);
      }
    } catch (Refusal e) {
      Rejection rejection = new Rejection(name.shown(), "not unpacked: " + e.getMessage());
      if (refused.size() == limits.refused()) {
        throw limits.tooManyRefused(archive, rejection);
      }
      refused.add(rejection);
    }
  }

  private void requireUnpackable(MemberName name, ZipMember member, boolean isFolder)
      throws Refusal {
    refuseIf(name.problem());
    if (member.isLink()) {
      throw new Refusal("a link");
    }
    if (member.isSpecial()) {
      throw new Refusal("not a regular file");
    }
    if (member.isEncrypted()) {
      throw new Refusal("encrypted");
    }
    if (!isFolder && member.method() != STORED && member.method() != DEFLATE) {
      throw new Refusal(
          "compressed by method %d, and only 0 (stored) and 8 (Deflate) are read"
              .formatted(member.method()));
    }
    refuseIf(names.problem(name, isFolder));
  }

  private static void refuseIf(Optional<String> problem) throws Refusal {
    if (problem.isPresent()) {
      throw new Refusal(problem.get());
    }
  }

  /** Makes the folders above a member, and the member itself if it is one. */
  private Path place(MemberName name, boolean isFolder) throws IOException, Refusal {
    Path place = folder;
    String path = "";
    try {
      int last = name.segments().size() - 1;
      for (int i = 0; i <= last; i++) {
        path += (i == 0 ? "" : "/") + name.segments().get(i);
        place = place.resolve(name.segments().get(i));
        boolean isNew = names.add(path, isFolder || i < last);
        if (isNew && i < last) {
          folders++;
          requireFewMembers();
        }
        if (isNew && (isFolder || i < last)) {
          Files.createDirectory(place);
        }
      }
    } catch (InvalidPathException e) {
      if (WINDOWS.matcher(name.text()).matches()) {
        throw new Refusal("a name that this system cannot hold");
      }
      // Refused, a whole class might be missing from the model unnoticed.
      throw new ArchiveException(
          archive,
          "this system's character set cannot hold the name %s: use LC_ALL=C.UTF-8"
              .formatted(name.shown()));
    } catch (FileAlreadyExistsException e) {
      throw new Refusal("to this file system it has the same name as another file");
    }
    if (!place.normalize().startsWith(folder) || place.equals(folder)) {
      throw new Refusal("a path that leads out of the folder");
    }
    return place;
  }

  private void write(ZipMember member, long shift, Inflater inflater, Path target)
      throws IOException, Refusal {
    boolean complete = false;
    try (InputStream content = open(member, shift, inflater);
        OutputStream out =
            Files.newOutputStream(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copy(content, member, out);
      files++;
      complete = true;
    } catch (FileAlreadyExistsException e) {
      complete = true; // it is the other's
      throw new Refusal("to this file system it has the same name as another file");
    } finally {
      if (!complete) {
        Files.deleteIfExists(target);
      }
    }
  }

  private InputStream open(ZipMember member, long shift, Inflater inflater)
      throws IOException, Refusal {
    long header = member.offset() + shift;
    if (member.offset() < 0 || header < 0 || header > channel.size() - LOCAL_BYTES) {
      throw damage("it lies outside the archive");
    }
    ByteBuffer local = ZipDirectory.read(channel, header, LOCAL_BYTES);
    if (local.getInt(0) != LOCAL) {
      throw damage("there is no file where the archive says");
    }
    long start =
        header
            + LOCAL_BYTES
            + Short.toUnsignedInt(local.getShort(26))
            + Short.toUnsignedInt(local.getShort(28));
    if (member.compressedBytes() < 0 || member.compressedBytes() > channel.size() - start) {
      throw damage("it is cut off");
    }
    InputStream raw = new ChannelSlice(channel, start, member.compressedBytes());
    if (member.method() == STORED) {
      return raw;
    }
    inflater.reset();
    // Inflater asks for one byte more than there are when Deflate stands alone.
    return new InflaterInputStream(
        new SequenceInputStream(raw, new ByteArrayInputStream(new byte[1])), inflater, BUFFER);
  }

  private void copy(InputStream content, ZipMember member, OutputStream out)
      throws IOException, Refusal {
    CRC32 crc = new CRC32();
    long copied = 0;
    while (true) {
      int read = read(content);
      if (read < 0) {
        break;
      }
      if (copied == 0 && startsLikeZip(read)) {
        throw new Refusal("an archive inside the archive");
      }
      copied += read;
      inflated += read;
      if (inflated > limits.total(channel.size())) {
        throw limits.tooManyBytes(archive, channel.size());
      }
      if (copied > limits.memberBytes()) {
        throw new Refusal("a file of more than %d MiB".formatted(limits.memberBytes() >> 20));
      }
      if (copied > limits.ratioFromBytes()
          && copied / limits.memberRatio() > member.compressedBytes()) {
        throw new Refusal(
            "it is more than %d times as large as its compressed form, as a zip bomb is"
                .formatted(limits.memberRatio()));
      }
      crc.update(buffer, 0, read);
      out.write(buffer, 0, read);
    }
    if (crc.getValue() != member.crc()) {
      throw damage("its checksum is wrong");
    }
  }

  private int read(InputStream content) throws IOException, Refusal {
    try {
      int read = content.readNBytes(buffer, 0, BUFFER);
      return read == 0 ? -1 : read;
    } catch (ZipException | EOFException e) {
      throw damage("it cannot be decompressed");
    }
  }

  private boolean startsLikeZip(int read) {
    return read >= 4
        && buffer[0] == 'P'
        && buffer[1] == 'K'
        && (buffer[2] == 3 && buffer[3] == 4 || buffer[2] == 5 && buffer[3] == 6);
  }
}
