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
   * Decodes one photo, and need not give more detail than asked for: JPEG can be decoded at a half,
   * a quarter or an eighth of its size in a fraction of the time and the memory. What comes out
   * depends on the bytes, the number and the decoder's limits alone: a photo whose usual way of
   * decoding exceeds them may come another way, at a coarser scale or in another form.
   *
   * @param encoded the whole file's bytes; not modified
   * @param shorterSide least shorter side of the result in pixels; a smaller photo comes at full
   *     size
   * @throws PhotoException as for {@link #decode(byte[])}
   */
  default ScaledPhoto decode(byte[] encoded, int shorterSide) throws PhotoException {
    return ScaledPhoto.full(decode(encoded));
  }

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
