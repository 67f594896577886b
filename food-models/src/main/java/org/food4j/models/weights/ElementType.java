package org.food4j.models.weights;

import java.nio.ByteBuffer;
import org.food4j.models.number.Float16;

/** The number formats that weights are stored in. */
enum ElementType {
  F32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getFloat();
    }

    @Override
    float[] toFloats(ByteBuffer buffer) {
      float[] values = new float[buffer.remaining() / Float.BYTES];
      buffer.asFloatBuffer().get(values);
      return values;
    }
  },

  /** IEEE 754 binary16. */
  F16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return Float16.toFloat(bytes.getShort());
    }
  },

  /** The upper half of a float32. */
  BF16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },

  /** Counters such as {@code num_batches_tracked}. */
  I64(8) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getLong();
    }
  };

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one value. */
  int bytes() {
    return bytes;
  }

  /** Reads the next value. */
  abstract float read(ByteBuffer bytes);

  /** Reads all values that the buffer holds. */
  float[] toFloats(ByteBuffer buffer) {
    float[] values = new float[buffer.remaining() / bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(buffer);
    }
    return values;
  }
}
