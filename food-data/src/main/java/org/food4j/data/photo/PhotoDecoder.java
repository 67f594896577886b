package org.food4j.data.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns an encoded photo into pixels. Implementations are thread-safe and keep no state. */
public interface PhotoDecoder {
  /**
   * Decodes one photo.
   *
   * @param encoded the whole file's bytes; not modified
   * @throws PhotoException if the bytes are not a complete photo within the limits; the message
   *     says why in a few words
   */
  Photo decode(byte[] encoded) throws PhotoException;

  /**
   * Reads and decodes a file.
   *
   * @throws PhotoException as for {@link #decode(byte[])}
   * @throws IOException if the file cannot be read
   */
  default Photo decode(Path file) throws IOException {
    return decode(Files.readAllBytes(file));
  }
}
