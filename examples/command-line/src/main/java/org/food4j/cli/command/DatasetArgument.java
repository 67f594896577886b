package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.PhotoFolder;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;

/** What {@code DATASET|DIR} on the command line means. */
final class DatasetArgument {
  private DatasetArgument() {}

  /**
   * Opens a prepared data set, or a plain folder of class folders named as a model's labels, whose
   * photos are then all test photos. Photos of a plain folder that are left out are named as notes.
   */
  static Dataset open(Terminal terminal, Path path, Labels labels) throws IOException {
    if (Dataset.isOne(path)) {
      return Dataset.open(path);
    }
    try (Progress progress = terminal.progress("Reading photos", 0, "photos")) {
      return PhotoFolder.open(
          path,
          labels,
          new NativePhotoDecoder(),
          Runtime.getRuntime().availableProcessors(),
          progress::update,
          left -> terminal.note("Left out %s: %s".formatted(left.path(), left.reason())));
    }
  }

  /**
   * The photos of a split.
   *
   * @throws IllegalArgumentException if there are none
   */
  static List<ManifestEntry> photos(Dataset dataset, Split split) {
    List<ManifestEntry> photos = dataset.entries(split);
    if (photos.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no photos in its %s split".formatted(dataset.directory(), split.key()));
    }
    return photos;
  }
}
