package org.food4j.models.weights;

import java.nio.ByteBuffer;

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
      int half = bytes.getShort() & 0xffff;
      int sign = (half & 0x8000) << 16;
      int exponent = half >> 10 & 0x1f;
      int mantissa = half & 0x3ff;
      if (exponent == 0) { // zero and subnormals: mantissa times 2^-24
        float magnitude = mantissa * 0x1p-24f;
        return sign == 0 ? magnitude : -magnitude;
      }
      int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
      return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
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
