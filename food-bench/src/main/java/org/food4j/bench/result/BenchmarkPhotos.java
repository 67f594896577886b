package org.food4j.bench.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;

/**
 * The photos that models are measured on.
 *
 * @param directory of the data set, absolute
 * @param photoRoot the folder that the paths are relative to, absolute
 * @param split the part of the data set
 * @param fingerprint of the data set: with the split, it tells whether photos are the same
 * @param labels the classes in the order of a model's outputs
 * @param questions path and label of each photo, at least one
 */
public record BenchmarkPhotos(
    Path directory,
    Path photoRoot,
    Split split,
    String fingerprint,
    Labels labels,
    List<Question> questions) {
  /**
   * A photo and what it shows.
   *
   * @param path relative to the photo root, with {@code /} between folders
   * @param label index of the class
   */
  public record Question(String path, int label) {}

  /**
   * Copies the questions.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BenchmarkPhotos {
    questions = List.copyOf(questions);
    if (questions.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no photos in its %s split".formatted(directory, split.key()));
    }
  }

  /**
   * The photos of a split.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BenchmarkPhotos of(Dataset dataset, Split split) {
    return new BenchmarkPhotos(
        dataset.directory().toAbsolutePath().normalize(),
        dataset.photoRoot().toAbsolutePath().normalize(),
        split,
        dataset.fingerprint(),
        dataset.labels(),
        dataset.entries(split).stream()
            .map(entry -> new Question(entry.path(), entry.label()))
            .toList());
  }

  /** As a data set that knows of its photos only where they lie and what they show. */
  public Dataset dataset() {
    List<ManifestEntry> entries = new ArrayList<>();
    for (Question question : questions) {
      entries.add(
          new ManifestEntry(
              question.path(), question.path(), question.label(), split, 1, 1, "", "", ""));
    }
    return new Dataset(directory, photoRoot, labels, entries, fingerprint);
  }

  /** Whether another benchmark asked about the same photos. */
  public boolean areThoseOf(BenchmarkPhotos other) {
    return fingerprint.equals(other.fingerprint) && split == other.split;
  }
}
