package org.food4j.data.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.food4j.data.photo.PhotoException;

/** A photo of a prepared data set cannot be read any more. */
public final class PhotoReadException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private final String photo;

  /**
   * @param photo the file
   * @param cause why it cannot be read
   */
  public PhotoReadException(Path photo, IOException cause) {
    super(
        "%s: %s. Put the photo back, or prepare the data set again."
            .formatted(photo, reason(cause)),
        cause);
    this.photo = photo.toString();
  }

  /** The file. */
  public Path photo() {
    return Path.of(photo);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "the file is gone";
    }
    return cause instanceof PhotoException ? cause.getMessage() : cause.toString();
  }
}
