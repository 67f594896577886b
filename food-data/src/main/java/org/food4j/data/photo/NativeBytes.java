package org.food4j.data.photo;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;

/** An encoded photo in native memory, where the native decoders read it. */
final class NativeBytes {
  private NativeBytes() {}

  /**
   * Copies a photo's parts.
   *
   * @param padding zeros after the last byte
   * @return all of it, from position 0; closed by the caller
   */
  static BytePointer copy(EncodedParts parts, int padding) {
    BytePointer bytes = new BytePointer((long) parts.length() + padding);
    long at = 0;
    for (ByteBuffer part : parts.buffers()) {
      bytes.position(at).put(part.array(), part.position(), part.remaining());
      at += part.remaining();
    }
    bytes.position(at).put(new byte[padding], 0, padding);
    return bytes.position(0);
  }
}
