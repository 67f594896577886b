package org.food4j.data.archive;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.Csv;
import org.food4j.data.scan.IgnoredName;
import org.food4j.data.scan.Rejection;

/**
 * What was unpacked into a folder, told by a hidden file in it; see the package's description.
 *
 * @param digest of the archive's central directory
 * @param files that were unpacked
 * @param bytes of them together
 * @param damaged whether a file was refused because it was damaged: another copy of the archive may
 *     hold it unharmed
 * @param refused what was not unpacked
 */
record Receipt(String digest, long files, long bytes, boolean damaged, List<Rejection> refused) {
  private static final String NAME = ".unpacked.csv";
  private static final String FORMAT = "food4j-unpacked";
  private static final String VERSION = "1";
  private static final String DAMAGED = "damaged";
  private static final int COLUMNS = 3;

  Receipt {
    refused = List.copyOf(refused);
  }

  void write(Path folder) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(FORMAT, VERSION, damaged ? DAMAGED : ""));
    rows.add(List.of(digest, String.valueOf(files), String.valueOf(bytes)));
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
    if (rows.size() < 2
        || rows.stream().anyMatch(row -> row.fields().size() != COLUMNS)
        || !rows.get(0).fields().subList(0, 2).equals(List.of(FORMAT, VERSION))) {
      return Optional.empty();
    }
    List<String> content = rows.get(1).fields();
    return Optional.of(
        new Receipt(
            content.get(0),
            Long.parseLong(content.get(1)),
            Long.parseLong(content.get(2)),
            rows.get(0).fields().get(2).equals(DAMAGED),
            rows.subList(2, rows.size()).stream()
                .map(row -> new Rejection(row.fields().get(1), row.fields().get(2)))
                .toList()));
  }

  /** Whether a folder still holds as many files and bytes; what systems leave there aside. */
  boolean isIntact(Path folder) throws IOException {
    long[] found = new long[2];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!IgnoredName.matches(file.getFileName().toString())) {
              found[0]++;
              found[1] += attributes.size();
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found[0] == files && found[1] == bytes;
  }
}
