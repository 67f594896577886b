package org.food4j.data.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.data.file.Sha256;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Rejection;

/** Reads dataset directories; see {@link Dataset#open}. */
final class DatasetReader {
  private DatasetReader() {}

  static boolean isOne(Path directory) throws IOException {
    if (directory.toAbsolutePath().normalize().getParent() == null) {
      return false; // a drive of photos, say: a data set has a name
    }
    DatasetWriter.swap(directory).settle();
    return Files.exists(directory.resolve(DatasetWriter.COMMIT_RECORD));
  }

  /**
   * @param photos where the photo folder is, if not where it was
   */
  static Dataset read(Path directory, Optional<Path> photos) throws IOException {
    DatasetWriter.swap(directory).settle();
    if (!Files.isDirectory(directory)) {
      throw new DatasetException(directory, "there is no such folder");
    }
    Path record = directory.resolve(DatasetWriter.COMMIT_RECORD);
    if (!Files.exists(record)) {
      throw new DatasetException(
          directory, "not a dataset directory: it has no " + DatasetWriter.COMMIT_RECORD);
    }
    DatasetDocument document = parse(record, DatasetDocument::fromJson, Files.readString(record));
    String labelsText = vouchedFile(directory, DatasetWriter.LABELS, document);
    String manifest = vouchedFile(directory, DatasetWriter.MANIFEST, document);
    vouchedFile(directory, DatasetWriter.REJECTED, document);
    vouchedFile(directory, DatasetWriter.NEAR_DUPLICATES, document);
    Labels labels = parse(directory.resolve(DatasetWriter.LABELS), Labels::fromJson, labelsText);
    List<ManifestEntry> entries =
        parse(
            directory.resolve(DatasetWriter.MANIFEST),
            text -> ManifestCsv.entries(text, labels),
            manifest);
    String fingerprint = DatasetWriter.fingerprint(manifest, labelsText);
    if (!fingerprint.equals(document.fingerprint())) {
      throw new DatasetException(record, "the fingerprint is not that of manifest and labels");
    }
    Path photoRoot = photos.orElseGet(() -> Path.of(document.photoRoot()));
    if (!Files.isDirectory(photoRoot)) {
      throw new DatasetException(
          directory,
          "the photo folder %s is gone: put it back, or prepare the data set again from where the photos are now"
              .formatted(photoRoot));
    }
    return new Dataset(directory, photoRoot, labels, entries, fingerprint);
  }

  static List<Rejection> rejections(Path directory) throws IOException {
    return list(directory, DatasetWriter.REJECTED, ManifestCsv::rejections);
  }

  static List<LookAlike> lookAlikes(Path directory) throws IOException {
    return list(directory, DatasetWriter.NEAR_DUPLICATES, NearDuplicatesCsv::read);
  }

  private static <T> List<T> list(Path directory, String name, Parser<List<T>> parser)
      throws IOException {
    Path record = directory.resolve(DatasetWriter.COMMIT_RECORD);
    DatasetDocument document = parse(record, DatasetDocument::fromJson, Files.readString(record));
    return parse(directory.resolve(name), parser, vouchedFile(directory, name, document));
  }

  /** The text of a file whose digest stands in the commit record. */
  private static String vouchedFile(Path directory, String name, DatasetDocument document)
      throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      throw new DatasetException(file, "the file is missing: prepare the data set again");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!Sha256.of(bytes).equals(document.files().get(name))) {
      throw new DatasetException(
          file,
          "changed since %s was written: prepare the data set again"
              .formatted(DatasetWriter.COMMIT_RECORD));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private interface Parser<T> {
    T parse(String text);
  }

  private static <T> T parse(Path file, Parser<T> parser, String text) throws DatasetException {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file, e.getMessage(), e);
    }
  }
}
