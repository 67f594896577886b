package org.food4j.data.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.DirectorySwap;
import org.food4j.data.file.OutputDirectory;
import org.food4j.data.file.Sha256;

/** Writes dataset directories: whole or not at all. */
public final class DatasetWriter {
  static final String MANIFEST = "manifest.csv";
  static final String LABELS = "labels.json";
  static final String REJECTED = "rejected.csv";
  static final String NEAR_DUPLICATES = "near_duplicates.csv";
  static final String COMMIT_RECORD = "dataset.json";

  private DatasetWriter() {}

  /**
   * Checks, before long work, that a data set may be written to a place: nothing there yet, an
   * empty directory, or an older data set of any version, which will be replaced. A replacement
   * that was interrupted half-way is brought to its end or undone first.
   *
   * @throws IllegalArgumentException if something else lies there
   * @throws IOException if it cannot be looked at
   */
  public static void checkReplaceable(Path directory) throws IOException {
    swap(directory).recover();
    if (OutputDirectory.isFree(directory)) {
      return;
    }
    String why = "it has no " + COMMIT_RECORD;
    Path record = directory.resolve(COMMIT_RECORD);
    if (Files.exists(record)) {
      try {
        DatasetDocument.requireFormat(Files.readString(record));
        return;
      } catch (IllegalArgumentException e) {
        why = "its " + COMMIT_RECORD + " is " + e.getMessage();
      }
    }
    throw new IllegalArgumentException(
        "%s is not empty and no Food4J data set (%s): choose another folder; nothing was changed"
            .formatted(directory, why));
  }

  /**
   * Writes a data set. The files are written beside the directory and moved into place together; an
   * older data set there is replaced at that moment, other files in its directory stay. The caller
   * holds the place's {@link org.food4j.data.file.DirectoryLock} if others may write there too.
   *
   * @throws IllegalArgumentException as for {@link #checkReplaceable}
   * @throws IOException if a file cannot be written
   */
  public static Dataset write(Path directory, DatasetContent content) throws IOException {
    checkReplaceable(directory);
    String manifest = ManifestCsv.manifest(content.entries(), content.labels());
    String labels = content.labels().toJson();
    String fingerprint = fingerprint(manifest, labels);
    swap(directory)
        .replace(
            staging -> {
              Map<String, String> sha256 = new LinkedHashMap<>();
              sha256.put(MANIFEST, writeFile(staging, MANIFEST, manifest));
              sha256.put(LABELS, writeFile(staging, LABELS, labels));
              sha256.put(
                  REJECTED, writeFile(staging, REJECTED, ManifestCsv.rejected(content.leftOut())));
              sha256.put(
                  NEAR_DUPLICATES,
                  writeFile(
                      staging, NEAR_DUPLICATES, NearDuplicatesCsv.write(content.lookAlikes())));
              DatasetDocument document = DatasetDocument.of(content, fingerprint, sha256);
              writeFile(staging, COMMIT_RECORD, document.toJson());
            });
    return new Dataset(
        directory, content.photoRoot(), content.labels(), content.entries(), fingerprint);
  }

  static DirectorySwap swap(Path directory) throws IOException {
    return new DirectorySwap(
        DirectoryPlace.of(directory),
        Set.of(MANIFEST, LABELS, REJECTED, NEAR_DUPLICATES, COMMIT_RECORD)::contains);
  }

  static String fingerprint(String manifest, String labels) {
    return Sha256.of(
        manifest.getBytes(StandardCharsets.UTF_8), labels.getBytes(StandardCharsets.UTF_8));
  }

  private static String writeFile(Path directory, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(directory.resolve(name), bytes);
    return Sha256.of(bytes);
  }
}
