package org.food4j.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal's error stream whose last line may be a status that is redrawn in place.
 *
 * <p>Whatever else is written, a log message for example, first takes the status away and puts it
 * back below. Thread-safe.
 */
final class StatusStream extends FilterOutputStream {
  /** To the line's start, and erase from there to its end (ECMA-48: CR, EL). */
  private static final byte[] ERASE = "\r\033[K".getBytes(StandardCharsets.US_ASCII);

  private byte[] status = {};

  StatusStream(OutputStream terminal) {
    super(terminal);
  }

  /** Draws the status in place of the previous one; an empty text takes it away. */
  synchronized void draw(String text) throws IOException {
    out.write(ERASE);
    status = text.getBytes(StandardCharsets.UTF_8);
    out.write(status);
    out.flush();
  }

  @Override
  public synchronized void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (status.length == 0 || length == 0) {
      out.write(bytes, offset, length);
      return;
    }
    out.write(ERASE);
    out.write(bytes, offset, length);
    if (bytes[offset + length - 1] == '\n') {
      out.write(status);
    }
  }
}
