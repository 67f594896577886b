package org.food4j.data.scan;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.food4j.data.duplicate.PerceptualHash;
import org.food4j.data.duplicate.PhotoSignature;
import org.food4j.data.file.FileStamp;
import org.food4j.data.photo.Photo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the last scan found in each file, so that the next one reads only files that are new or
 * changed. A scan with a record gives the same result as one without. The file's format stands in
 * the package's description.
 *
 * <p>Not thread-safe; used by one scan at a time.
 */
public final class ScanRecord {
  private static final Logger LOG = LoggerFactory.getLogger(ScanRecord.class);
  private static final String FORMAT = "food4j-scan";

  /**
   * To be raised with the format, and whenever the same bytes and settings give other findings:
   * when a decoder of {@code data.photo} accepts or refuses other files than before, gives other
   * sizes or pixels, or names another reason. The hash tells of itself, see {@link
   * #hashOfAFormula}.
   */
  private static final int VERSION = 3;

  private static final int FORMULA_SIDE = 48;

  private record Known(FileStamp stamp, Finding finding) {}

  private final Optional<Path> file;
  private final String settings;
  private Map<String, Known> earlier = new HashMap<>();
  private List<PhotoFile> files = new ArrayList<>();
  private List<Finding> findings = new ArrayList<>();
  private int read;
  private int known;

  private ScanRecord(Optional<Path> file, String settings) {
    this.file = file;
    this.settings = settings;
  }

  /** Knows nothing and keeps nothing. */
  public static ScanRecord none() {
    return new ScanRecord(Optional.empty(), "");
  }

  /**
   * Opens the record of a photo folder. One that is broken, of another version, folder or settings
   * is not used, which the log tells.
   *
   * @param file need not exist; {@link #save} writes it
   * @param root the photo folder, a path or a URL
   * @param settings all that decides what is found in a file, besides its bytes: the decoder, its
   *     limits, the hash
   */
  public static ScanRecord open(Path file, String root, String settings) {
    ScanRecord record =
        new ScanRecord(Optional.of(file), settings + ", " + hashOfAFormula() + "\n" + root);
    if (Files.exists(file)) {
      try {
        record.earlier = record.load(file);
      } catch (IOException e) {
        LOG.info("Every photo is read: {} cannot be used ({})", file, e.getMessage());
      }
    }
    return record;
  }

  /** Another hash algorithm gives another number here, so that nobody need remember to say so. */
  private static String hashOfAFormula() {
    byte[] rgb = new byte[3 * FORMULA_SIDE * FORMULA_SIDE];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * i / 7);
    }
    Photo photo = new Photo(FORMULA_SIDE, FORMULA_SIDE, rgb);
    return "hash %x, signature %x"
        .formatted(PerceptualHash.of(photo).orElseThrow(), PhotoSignature.of(photo).hashCode());
  }

  /**
   * What is in each file: what is known of those that are as they were, and what a reader finds in
   * the others. Takes it up, where a file is certain to look different should it change.
   *
   * @param listed the files of the scan, sorted by path
   * @return in the order of the files
   */
  List<Finding> complete(List<PhotoFile> listed, PhotoReader reader, Progress progress)
      throws IOException {
    settle(listed);
    Instant readAt = Instant.now();
    Examined[] found = new Examined[listed.size()];
    List<PhotoFile> unknown = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      Known entry = earlier.get(listed.get(i).path());
      if (entry != null && entry.stamp().equals(listed.get(i).stamp())) {
        found[i] = new Examined(entry.finding(), true);
      } else {
        unknown.add(listed.get(i));
        places.add(i);
      }
    }
    read = unknown.size();
    known = found.length - read;
    if (known > 0) {
      progress.update(known, found.length);
    }
    Iterator<Integer> next = places.iterator();
    reader.read(
        unknown,
        (done, total) -> progress.update(known + done, found.length),
        examined -> found[next.next()] = examined);
    if (next.hasNext()) {
      throw new IllegalStateException(
          "Nothing was found out about " + listed.get(next.next()).path());
    }
    return keep(listed, found, readAt);
  }

  private List<Finding> keep(List<PhotoFile> listed, Examined[] found, Instant readAt) {
    List<Finding> all = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; i++) {
      if (file.isPresent() && found[i].lasting() && listed.get(i).stamp().isSettled(readAt)) {
        files.add(listed.get(i));
        findings.add(found[i].finding());
      }
      all.add(found[i].finding());
    }
    return all;
  }

  /**
   * Waits until the clock has moved on from files that were written a moment ago, 50 ms as a rule:
   * a change after that shows in their stamps. Files from the future are not waited for and not
   * recorded.
   */
  private void settle(List<PhotoFile> listed) throws InterruptedIOException {
    if (file.isEmpty()) {
      return;
    }
    Instant now = Instant.now();
    long longest =
        listed.stream()
            .mapToLong(one -> one.stamp().nanosToSettle(now))
            .filter(nanos -> nanos < Long.MAX_VALUE)
            .max()
            .orElse(0);
    try {
      TimeUnit.NANOSECONDS.sleep(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted before photos were read");
    }
  }

  /** Files that the scan had to read. */
  public int read() {
    return read;
  }

  /** Files that the scan knew from the record. */
  public int known() {
    return known;
  }

  /**
   * Writes what the scan found in place of the older record; what the older one knew of files that
   * are gone goes with it.
   *
   * @throws IOException if the file cannot be written; the older one is then still there
   */
  public void save() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    Path target = file.get();
    // Always the same name: what a killed process left is written over, not left for good.
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    store(temporary);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void store(Path temporary) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(
            new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16), new CRC32());
    try (DataOutputStream out = new DataOutputStream(checked)) {
      out.writeUTF(FORMAT);
      out.writeInt(VERSION);
      out.writeUTF(settings);
      out.writeInt(files.size());
      for (int i = 0; i < files.size(); i++) {
        FileStamp stamp = files.get(i).stamp();
        out.writeUTF(files.get(i).path());
        out.writeLong(stamp.size());
        out.writeLong(stamp.modifiedNanos());
        out.writeLong(stamp.inode());
        out.writeLong(stamp.changedNanos());
        FindingFormat.write(findings.get(i), out);
      }
      out.writeLong(checked.getChecksum().getValue());
    }
  }

  private Map<String, Known> load(Path source) throws IOException {
    CheckedInputStream checked =
        new CheckedInputStream(
            new BufferedInputStream(Files.newInputStream(source), 1 << 16), new CRC32());
    try (DataInputStream in = new DataInputStream(checked)) {
      require(in.readUTF().equals(FORMAT), "it is no record of a scan");
      require(in.readInt() == VERSION, "another version of this library wrote it");
      require(in.readUTF().equals(settings), "it is of another photo folder, or of other settings");
      int count = in.readInt();
      Map<String, Known> known = new HashMap<>();
      Map<String, String> classNames = new HashMap<>();
      for (int i = 0; i < count; i++) {
        String path = in.readUTF();
        FileStamp stamp = new FileStamp(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        known.put(path, new Known(stamp, FindingFormat.read(path, classNames, in)));
      }
      long sum = checked.getChecksum().getValue();
      require(in.readLong() == sum && in.read() < 0, "it is damaged");
      return known;
    } catch (EOFException | UTFDataFormatException e) {
      throw new IOException("it is damaged", e);
    }
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException(otherwise);
    }
  }
}
