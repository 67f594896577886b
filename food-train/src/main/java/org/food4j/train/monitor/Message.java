package org.food4j.train.monitor;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A protobuf message in the making, field by field: the few messages of an event file need no
 * generated classes. Fields at their default are written too, which readers take alike. Not
 * thread-safe.
 */
final class Message {
  /** A field's content. */
  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  Message integer(int field, long value) {
    return add(o -> o.writeInt64(field, value));
  }

  Message number(int field, double value) {
    return add(o -> o.writeDouble(field, value));
  }

  /** A number of 32 bits. */
  Message single(int field, float value) {
    return add(o -> o.writeFloat(field, value));
  }

  /** Repeated numbers, packed. */
  Message numbers(int field, double[] values) {
    ByteBuffer packed =
        ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(packed::putDouble);
    return bytes(field, packed.array());
  }

  Message flag(int field, boolean value) {
    return add(o -> o.writeBool(field, value));
  }

  Message text(int field, String value) {
    return add(o -> o.writeString(field, value));
  }

  Message bytes(int field, byte[] value) {
    return add(o -> o.writeByteArray(field, value));
  }

  Message message(int field, Message value) {
    return bytes(field, value.toByteArray());
  }

  /** What was added so far, in that order. */
  byte[] toByteArray() {
    add(CodedOutputStream::flush);
    return bytes.toByteArray();
  }

  private Message add(Content content) {
    try {
      content.write(out);
    } catch (IOException e) {
      throw new IllegalStateException("Memory can always be written to", e);
    }
    return this;
  }
}
