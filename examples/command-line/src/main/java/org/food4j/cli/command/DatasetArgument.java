package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.PhotoFolder;
import org.food4j.data.manifest.Split;

/** What {@code DATASET|DIR} on the command line means. */
final class DatasetArgument {
  private DatasetArgument() {}

  /**
   * Opens a prepared data set, or a plain folder of class folders named as a model's labels, whose
   * photos are then all test photos.
   */
  static Dataset open(Path path, Labels labels) throws IOException {
    return Files.exists(path.resolve("dataset.json"))
        ? Dataset.open(path)
        : PhotoFolder.open(path, labels);
  }

  /**
   * The photos of a split.
   *
   * @throws IllegalArgumentException if there are none
   */
  static java.util.List<ManifestEntry> photos(Dataset dataset, Split split) {
    var photos = dataset.entries(split);
    if (photos.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no photos in its %s split".formatted(dataset.directory(), split.key()));
    }
    return photos;
  }
}
