package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.food4j.models.number.Float16;

/**
 * Constant tensors of an ONNX file as Java arrays, row-major, and back. What is written is raw
 * little-endian data; what is read may be stored in any of the ways that ONNX allows but one:
 * values in a file of their own.
 */
public final class OnnxTensors {
  private OnnxTensors() {}

  /**
   * A float32 tensor.
   *
   * @param values not kept
   * @param shape none for a scalar
   * @throws IllegalArgumentException if the shape does not hold as many values
   */
  public static TensorProto floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = raw(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return tensor(name, DataType.FLOAT, bytes, values.length, shape);
  }

  /** An int64 tensor; otherwise as {@link #floats(String, float[], long...)}. */
  public static TensorProto longs(String name, long[] values, long... shape) {
    ByteBuffer bytes = raw(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return tensor(name, DataType.INT64, bytes, values.length, shape);
  }

  /** An int32 tensor; otherwise as {@link #floats(String, float[], long...)}. */
  public static TensorProto ints(String name, int[] values, long... shape) {
    ByteBuffer bytes = raw(values.length, Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return tensor(name, DataType.INT32, bytes, values.length, shape);
  }

  /**
   * An int8, uint8 or boolean tensor; otherwise as {@link #floats(String, float[], long...)}.
   *
   * @param type {@code INT8}, {@code UINT8} or {@code BOOL}: how the bytes are to be understood
   */
  public static TensorProto bytes(String name, DataType type, byte[] values, long... shape) {
    if (type != DataType.INT8 && type != DataType.UINT8 && type != DataType.BOOL) {
      throw new IllegalArgumentException("Bytes are INT8, UINT8 or BOOL in a file, not " + type);
    }
    return tensor(name, type, ByteBuffer.wrap(values.clone()), values.length, shape);
  }

  /**
   * A float16 tensor; otherwise as {@link #floats(String, float[], long...)}.
   *
   * @param bits of each value in IEEE 754 binary16
   */
  public static TensorProto halves(String name, short[] bits, long... shape) {
    ByteBuffer bytes = raw(bits.length, Short.BYTES);
    bytes.asShortBuffer().put(bits);
    return tensor(name, DataType.FLOAT16, bytes, bits.length, shape);
  }

  /** Dimensions; none of a scalar. */
  public static long[] shape(TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * How many values a shape holds.
   *
   * @throws ArithmeticException if a {@code long} is too small
   */
  public static long count(long... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * How many values a tensor's shape holds.
   *
   * @throws IllegalArgumentException if the shape is none: a dimension is negative, or there are
   *     more values than a {@code long} counts
   */
  public static long count(TensorProto tensor) {
    try {
      long count = count(shape(tensor));
      if (tensor.getDimsList().stream().allMatch(size -> size >= 0)) {
        return count;
      }
    } catch (ArithmeticException e) {
      throw damagedShape(tensor, e);
    }
    throw damagedShape(tensor, null);
  }

  private static IllegalArgumentException damagedShape(TensorProto tensor, Exception cause) {
    return new IllegalArgumentException(
        "Tensor '%s' has the impossible shape %s: the file is damaged"
            .formatted(tensor.getName(), tensor.getDimsList()),
        cause);
  }

  /**
   * The values of a float32, float64 or float16 tensor.
   *
   * @throws IllegalArgumentException if it is of another type, its values lie in another file, or
   *     there are not as many as its shape says
   */
  public static float[] floats(TensorProto tensor) {
    ByteBuffer bytes = bytes(tensor);
    float[] values;
    switch (type(tensor)) {
      case FLOAT -> {
        values = array(tensor, bytes, Float.BYTES, tensor.getFloatDataList());
        if (tensor.hasRawData()) {
          bytes.asFloatBuffer().get(values);
        }
      }
      case DOUBLE -> {
        values = array(tensor, bytes, Double.BYTES, tensor.getDoubleDataList());
        for (int i = 0; tensor.hasRawData() && i < values.length; i++) {
          values[i] = (float) bytes.getDouble();
        }
      }
      case FLOAT16 -> {
        values = new float[size(tensor, bytes, Short.BYTES, tensor.getInt32DataCount())];
        for (int i = 0; i < values.length; i++) {
          short half = tensor.hasRawData() ? bytes.getShort() : (short) tensor.getInt32Data(i);
          values[i] = Float16.toFloat(half);
        }
      }
      default -> throw unexpected(tensor, "real numbers");
    }
    return values;
  }

  /**
   * The values of an int64, int32, int8 or uint8 tensor.
   *
   * @throws IllegalArgumentException as {@link #floats(TensorProto)}
   */
  public static long[] integers(TensorProto tensor) {
    ByteBuffer bytes = bytes(tensor);
    boolean raw = tensor.hasRawData();
    DataType type = type(tensor);
    int width =
        switch (type) {
          case INT64 -> Long.BYTES;
          case INT32 -> Integer.BYTES;
          case INT8, UINT8 -> 1;
          default -> throw unexpected(tensor, "integers");
        };
    int stored = type == DataType.INT64 ? tensor.getInt64DataCount() : tensor.getInt32DataCount();
    long[] values = new long[size(tensor, bytes, width, stored)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case INT64 -> raw ? bytes.getLong() : tensor.getInt64Data(i);
            case INT32 -> raw ? bytes.getInt() : tensor.getInt32Data(i);
            case UINT8 -> raw ? Byte.toUnsignedInt(bytes.get()) : tensor.getInt32Data(i);
            default -> raw ? bytes.get() : tensor.getInt32Data(i);
          };
    }
    return values;
  }

  /** The type of a tensor's values. */
  public static DataType type(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return type == null ? DataType.UNDEFINED : type;
  }

  private static float[] array(
      TensorProto tensor, ByteBuffer bytes, int width, List<? extends Number> stored) {
    float[] values = new float[size(tensor, bytes, width, stored.size())];
    for (int i = 0; !tensor.hasRawData() && i < values.length; i++) {
      values[i] = stored.get(i).floatValue();
    }
    return values;
  }

  private static ByteBuffer bytes(TensorProto tensor) {
    ExternalData.refuse(tensor);
    ByteString raw = tensor.getRawData();
    return raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int size(TensorProto tensor, ByteBuffer bytes, int width, int stored) {
    int found = tensor.hasRawData() ? bytes.remaining() / width : stored;
    boolean whole = !tensor.hasRawData() || bytes.remaining() % width == 0;
    if (!whole || !holds(shape(tensor), found)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Tensor '%s' holds %d values of %d bytes, which its shape %s does not: the file is damaged",
              tensor.getName(),
              found,
              width,
              tensor.getDimsList()));
    }
    return found;
  }

  /** Whether a shape, however absurd, holds that many values. */
  private static boolean holds(long[] shape, int values) {
    double count = 1; // exact where it matters: no array has 2^31 values
    boolean valid = true;
    for (long dimension : shape) {
      valid &= dimension >= 0;
      count *= dimension;
    }
    return valid && count == values;
  }

  private static IllegalArgumentException unexpected(TensorProto tensor, String wanted) {
    return new IllegalArgumentException(
        "Tensor '%s' holds values of type %s, not %s"
            .formatted(tensor.getName(), type(tensor), wanted));
  }

  private static ByteBuffer raw(int values, int bytesEach) {
    return ByteBuffer.allocate(Math.multiplyExact(values, bytesEach))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto tensor(
      String name, DataType type, ByteBuffer bytes, long count, long... shape) {
    if (count(shape) != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Weights '%s' of shape %s hold %d values, not %d",
              name,
              Arrays.toString(shape),
              count(shape),
              count));
    }
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
    tensor.setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor.setRawData(UnsafeByteOperations.unsafeWrap(bytes)).build();
  }
}
