package org.food4j.data.datavec;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;

/**
 * Where photos lie, in a form that can be compared: DataVec writes the URI of a file as {@code
 * file:/photos/a.jpg}, {@code Path} as {@code file:///photos/a.jpg}.
 */
final class PhotoLocation {
  private PhotoLocation() {}

  static Path of(Dataset dataset, ManifestEntry entry) {
    return dataset.photo(entry).toAbsolutePath().normalize();
  }

  /** Empty for what is no file. */
  static Optional<Path> of(URI uri) {
    return "file".equals(uri.getScheme())
        // By way of File: DataVec does not escape letters beyond ASCII, and Path refuses such URIs
        ? Optional.of(new File(uri).toPath().toAbsolutePath().normalize())
        : Optional.empty();
  }
}
