package org.food4j.data.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.Csv;
import org.food4j.data.file.FileStamp;
import org.food4j.data.file.Sha256;
import org.food4j.data.scan.IgnoredName;
import org.food4j.data.scan.Rejection;

/**
 * What was unpacked or copied into a folder, told by a hidden file in it; see the package's
 * description.
 *
 * @param digest of the archive's central directory, or of the photos' paths and content
 * @param content hash of the paths and sizes of the files that were put there
 * @param damaged whether a file was refused because it was damaged: another copy of the archive may
 *     hold it unharmed
 * @param archive tells whether the archive is still the one that was unpacked; empty if it was
 *     written so shortly before that a change might not show, or there is none
 * @param refused what was not unpacked
 */
record Receipt(
    String digest,
    String content,
    boolean damaged,
    Optional<FileStamp> archive,
    List<Rejection> refused) {
  private static final String NAME = ".unpacked.csv";
  private static final String FORMAT = "food4j-unpacked";
  private static final String VERSION = "2";
  private static final String DAMAGED = "damaged";
  private static final int COLUMNS = 3;
  private static final int HEADER_ROWS = 2;

  Receipt {
    refused = List.copyOf(refused);
  }

  /** The receipt of a folder as it is now. */
  static Receipt of(
      Path folder,
      String digest,
      boolean damaged,
      Optional<FileStamp> archive,
      List<Rejection> refused)
      throws IOException {
    return new Receipt(digest, contentOf(folder), damaged, archive, refused);
  }

  void write(Path folder) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(FORMAT, VERSION, damaged ? DAMAGED : ""));
    rows.add(List.of(digest, content, archive.map(Receipt::text).orElse("")));
    refused.forEach(one -> rows.add(List.of("refused", one.path(), one.reason())));
    AtomicFile.write(folder.resolve(NAME), Csv.write(rows));
  }

  /** The receipt in a folder; empty if there is none that can be read. */
  static Optional<Receipt> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    List<Csv.Row> rows = Csv.read(Files.readString(file));
    if (rows.size() < HEADER_ROWS
        || rows.stream().anyMatch(row -> row.fields().size() != COLUMNS)
        || !rows.get(0).fields().subList(0, 2).equals(List.of(FORMAT, VERSION))) {
      return Optional.empty();
    }
    List<String> content = rows.get(1).fields();
    return Optional.of(
        new Receipt(
            content.get(0),
            content.get(1),
            rows.get(0).fields().get(2).equals(DAMAGED),
            stamp(content.get(2)),
            rows.subList(HEADER_ROWS, rows.size()).stream()
                .map(row -> new Rejection(row.fields().get(1), row.fields().get(2)))
                .toList()));
  }

  private static String text(FileStamp stamp) {
    return "%d %d %d %d"
        .formatted(stamp.size(), stamp.modifiedNanos(), stamp.inode(), stamp.changedNanos());
  }

  private static Optional<FileStamp> stamp(String text) {
    if (!text.matches("-?\\d{1,18}( -?\\d{1,19}){3}")) {
      return Optional.empty();
    }
    String[] parts = text.split(" ");
    return Optional.of(
        new FileStamp(
            Long.parseLong(parts[0]),
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2]),
            Long.parseLong(parts[3])));
  }

  /**
   * Whether unpacking an archive of this digest once more may give more: a file was damaged, and
   * the archive is not certainly the same.
   */
  boolean isWorthAnotherTry(FileStamp now) {
    return damaged && !archive.equals(Optional.of(now));
  }

  /** Whether a folder still holds the same files, by path and size. */
  boolean isIntact(Path folder) throws IOException {
    return contentOf(folder).equals(content);
  }

  /** SHA-256 of the sorted paths and sizes; what systems leave in folders aside. */
  private static String contentOf(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!IgnoredName.matches(file.getFileName().toString())) {
              String path = folder.relativize(file).toString();
              found.add(path.replace('\\', '/') + '\0' + attributes.size() + '\0');
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return Sha256.of(String.join("", found).getBytes(StandardCharsets.UTF_8));
  }
}
