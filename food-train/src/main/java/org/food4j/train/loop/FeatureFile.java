package org.food4j.train.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where features are kept: in a file of the caller's, or in one that goes with this object.
 *
 * @param temporary the folder that goes, if one does
 */
record FeatureFile(Path path, Optional<Path> temporary) implements AutoCloseable {
  static FeatureFile of(Optional<Path> wanted) throws IOException {
    if (wanted.isPresent()) {
      return new FeatureFile(wanted.get(), Optional.empty());
    }
    Path folder = Files.createTempDirectory("food4j-features");
    return new FeatureFile(folder.resolve("features.safetensors"), Optional.of(folder));
  }

  @Override
  public void close() throws IOException {
    if (temporary.isPresent()) {
      Files.deleteIfExists(path);
      Files.delete(temporary.get());
    }
  }
}
