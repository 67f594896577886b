package org.food4j.data.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Rejection;

/**
 * A prepared data set: the content of a dataset directory.
 *
 * @param directory where it lies
 * @param photoRoot the folder that the entries' paths are relative to
 * @param labels the classes in the order of a model's outputs
 * @param entries the lines of {@code manifest.csv}, in its order
 * @param fingerprint SHA-256 over manifest and labels, 64 hex digits: equal fingerprints, equal
 *     data
 */
public record Dataset(
    Path directory,
    Path photoRoot,
    Labels labels,
    List<ManifestEntry> entries,
    String fingerprint) {
  /** The files of a dataset directory, by name; the last one vouches for the others. */
  public static final List<String> FILES =
      List.of(
          DatasetWriter.MANIFEST,
          DatasetWriter.LABELS,
          DatasetWriter.REJECTED,
          DatasetWriter.NEAR_DUPLICATES,
          DatasetWriter.COMMIT_RECORD);

  /** Copies the entries. */
  public Dataset {
    entries = List.copyOf(entries);
  }

  /**
   * Whether a folder is a prepared data set, of whatever version and state, rather than a plain
   * folder or nothing. A replacement that was interrupted half-way is brought to its end or undone
   * first.
   *
   * @throws IOException if it cannot be looked at
   */
  public static boolean isOne(Path directory) throws IOException {
    return DatasetReader.isOne(directory);
  }

  /**
   * Reads a dataset directory and checks it against its commit record. A replacement that was
   * interrupted half-way is brought to its end or undone first.
   *
   * @throws DatasetException if there is no data set, a file is missing, changed or not what it
   *     should be, the format's version is unknown, or the photos are gone
   * @throws IOException if a file cannot be read
   */
  public static Dataset open(Path directory) throws IOException {
    return DatasetReader.read(directory, Optional.empty());
  }

  /**
   * Reads a dataset directory whose photos lie elsewhere than it says: on another machine, say.
   *
   * @param photoRoot the folder that the entries' paths are relative to
   * @throws DatasetException as for {@link #open(Path)}
   * @throws IOException if a file cannot be read
   */
  public static Dataset open(Path directory, Path photoRoot) throws IOException {
    return DatasetReader.read(directory, Optional.of(photoRoot));
  }

  /**
   * The photos that were left out when the data set was prepared, and why.
   *
   * @throws DatasetException if the list is missing, changed or broken
   * @throws IOException if it cannot be read
   */
  public List<Rejection> rejections() throws IOException {
    return DatasetReader.rejections(directory);
  }

  /**
   * The photos that look alike: within groups that share a split, and across classes.
   *
   * @throws DatasetException if the list is missing, changed or broken
   * @throws IOException if it cannot be read
   */
  public List<LookAlike> lookAlikes() throws IOException {
    return DatasetReader.lookAlikes(directory);
  }

  /** The entries of one split, in the manifest's order. */
  public List<ManifestEntry> entries(Split split) {
    return entries.stream().filter(e -> e.split() == split).toList();
  }

  /**
   * How often each class stands in a split, copies included.
   *
   * @return a new array in the labels' order
   */
  public int[] classCounts(Split split) {
    int[] counts = new int[labels.size()];
    entries(split).forEach(entry -> counts[entry.label()]++);
    return counts;
  }

  /** The split to judge a trained model on: test, or validation where there are no test photos. */
  public Split heldOut() {
    return entries(Split.TEST).isEmpty() ? Split.VALIDATION : Split.TEST;
  }

  /** Where an entry's photo lies. */
  public Path photo(ManifestEntry entry) {
    return photoRoot.resolve(entry.path());
  }
}
