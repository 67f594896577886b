package org.food4j.data.manifest;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Rejection;

/**
 * What a dataset directory is written from.
 *
 * @param photoRoot the folder that the entries' paths are relative to, absolute
 * @param labels the classes in the order of a model's outputs
 * @param entries the lines of {@code manifest.csv}, in its order
 * @param rejected files that cannot be used, or contradict or repeat others, in any order
 * @param underSampled photos that a large class did not need, in any order
 * @param lookAlikes the lines of {@code near_duplicates.csv}, in any order
 * @param settings how the data set was made, for {@code dataset.json}: names in snake_case and
 *     values with a JSON form, in their order
 * @param seed what the random choices came from
 */
public record DatasetContent(
    Path photoRoot,
    Labels labels,
    List<ManifestEntry> entries,
    List<Rejection> rejected,
    List<Rejection> underSampled,
    List<LookAlike> lookAlikes,
    Map<String, Object> settings,
    long seed) {
  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if the photo root is not absolute
   */
  public DatasetContent {
    if (!photoRoot.isAbsolute()) {
      throw new IllegalArgumentException("The photo root is not absolute: " + photoRoot);
    }
    entries = List.copyOf(entries);
    rejected = List.copyOf(rejected);
    underSampled = List.copyOf(underSampled);
    lookAlikes = List.copyOf(lookAlikes);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The lines of {@code rejected.csv}: all that was left out, for whatever reason. */
  public List<Rejection> leftOut() {
    return Stream.concat(rejected.stream(), underSampled.stream()).toList();
  }
}
