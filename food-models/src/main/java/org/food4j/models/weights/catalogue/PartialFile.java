package org.food4j.models.weights.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.food4j.data.file.AtomicFile;

/**
 * What has arrived of a file, and of which version of it. Used under the file's lock.
 *
 * @param file the bytes so far
 * @param tag the file that holds the version's entity tag (RFC 9110, section 8.8.3)
 */
record PartialFile(Path file, Path tag) {
  /** The partial file beside a target. */
  static PartialFile of(Path target) {
    String name = "." + target.getFileName() + ".part";
    return new PartialFile(target.resolveSibling(name), target.resolveSibling(name + ".etag"));
  }

  /** Bytes so far; 0 if there is none. */
  long length() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** The version, if one is known that a server may be asked to go on with. */
  Optional<String> version() throws IOException {
    return Files.exists(tag) && length() > 0
        ? Optional.of(Files.readString(tag)).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  /**
   * Begins anew with a version.
   *
   * @param version a strong entity tag; without one nothing can be resumed
   */
  void restart(Optional<String> version) throws IOException {
    discard();
    if (version.isPresent()) {
      AtomicFile.write(tag, version.get());
    }
  }

  /** A stream to its end. */
  OutputStream append() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Deletes it. */
  void discard() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(tag);
  }
}
