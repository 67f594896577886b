package org.food4j.data.photo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The parts of a photo file, and bytes of our own between them, that a decoder is given. */
final class EncodedParts {
  private final byte[] file;
  private final List<ByteBuffer> parts = new ArrayList<>();
  private int lastEnd = -1;
  private int length;

  /** None yet, of this file. */
  EncodedParts(byte[] file) {
    this.file = file;
  }

  /** Puts bytes that are not the file's before all others. */
  EncodedParts prefixed(byte[] own) {
    parts.add(0, ByteBuffer.wrap(own));
    length = Math.addExact(length, own.length);
    return this;
  }

  /** Appends bytes that are not the file's. */
  EncodedParts bytes(byte[] own) {
    parts.add(ByteBuffer.wrap(own));
    lastEnd = -1;
    length = Math.addExact(length, own.length);
    return this;
  }

  /** Appends the file's bytes from {@code from} up to {@code to}, which must lie inside it. */
  EncodedParts range(long from, long to) {
    int start = (int) from;
    int count = (int) (to - from);
    if (start == lastEnd) {
      ByteBuffer last = parts.get(parts.size() - 1);
      last.limit(last.limit() + count);
    } else {
      parts.add(ByteBuffer.wrap(file, start, count));
    }
    lastEnd = start + count;
    length = Math.addExact(length, count);
    return this;
  }

  /** All bytes together. */
  int length() {
    return length;
  }

  /** One buffer over an array for each part, in order. */
  List<ByteBuffer> buffers() {
    return parts;
  }

  /** All parts in one array of their own. */
  byte[] toArray() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(length);
    for (ByteBuffer part : parts) {
      all.write(part.array(), part.position(), part.remaining());
    }
    return all.toByteArray();
  }
}
