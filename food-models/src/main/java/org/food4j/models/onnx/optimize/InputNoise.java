package org.food4j.models.onnx.optimize;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Random values for a model's inputs: standard normal for float32, uniform for uint8. Immutable.
 *
 * @param shapes of inputs whose dimensions the file leaves open, by name; a first dimension that is
 *     open and not given here is taken as {@link #BATCH}
 * @param seed of the values: the same seed, the same noise
 */
public record InputNoise(Map<String, List<Long>> shapes, long seed) {
  /** Taken for an open first dimension. */
  public static final int BATCH = 2;

  private static final int BYTE_VALUES = 256;

  /** One gibibyte of float32. */
  private static final double MOST_VALUES = 1 << 28;

  /** Copies the shapes. */
  public InputNoise {
    shapes = Map.copyOf(shapes);
  }

  /** Noise in the shapes that the file states. */
  public static InputNoise standard() {
    return new InputNoise(Map.of(), 1);
  }

  /** Why there is no noise for these inputs; empty if there is. */
  Optional<String> obstacle(Map<String, NodeInfo> inputs) {
    for (NodeInfo input : inputs.values()) {
      if (!(input.getInfo() instanceof TensorInfo info)) {
        return Optional.of("input '%s' is not a tensor".formatted(input.getName()));
      }
      if (info.type != OnnxJavaType.FLOAT && info.type != OnnxJavaType.UINT8) {
        return Optional.of(
            "input '%s' is of type %s, and noise is made for FLOAT and UINT8"
                .formatted(input.getName(), info.type));
      }
      long[] shape = shape(input.getName(), info);
      if (Arrays.stream(shape).anyMatch(size -> size < 1)) {
        return Optional.of(
            "the shape of input '%s' is open: %s"
                .formatted(input.getName(), Arrays.toString(shape)));
      }
      if (Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b) > MOST_VALUES) {
        return Optional.of(
            "input '%s' is too large for noise: %s"
                .formatted(input.getName(), Arrays.toString(shape)));
      }
    }
    return Optional.empty();
  }

  /** Tensors for all inputs, to be closed by the caller. */
  Map<String, OnnxTensor> tensors(OrtEnvironment environment, Map<String, NodeInfo> inputs)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    Random random = new Random(seed);
    for (NodeInfo input : inputs.values()) {
      TensorInfo info = (TensorInfo) input.getInfo();
      long[] shape = shape(input.getName(), info);
      int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
      if (info.type == OnnxJavaType.UINT8) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining()) {
          bytes.put((byte) random.nextInt(BYTE_VALUES));
        }
        tensors.put(
            input.getName(),
            OnnxTensor.createTensor(environment, bytes.rewind(), shape, OnnxJavaType.UINT8));
      } else {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = (float) random.nextGaussian();
        }
        tensors.put(
            input.getName(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
      }
    }
    return tensors;
  }

  private long[] shape(String name, TensorInfo info) {
    if (shapes.containsKey(name)) {
      return shapes.get(name).stream().mapToLong(Long::longValue).toArray();
    }
    long[] shape = info.getShape();
    if (shape.length > 0 && shape[0] < 1) {
      shape[0] = BATCH;
    }
    return shape;
  }
}
