package org.food4j.train.monitor;

import java.io.IOException;
import java.nio.file.Path;

/** A file of records that is damaged, not only cut off; the message names it. */
public final class BrokenRecordException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenRecordException(Path file, long offset, String reason) {
    super("%s is damaged at byte %s: %s".formatted(file, offset, reason));
  }
}
