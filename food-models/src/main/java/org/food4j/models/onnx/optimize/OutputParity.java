package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.runtime.CpuSession;

/**
 * Whether two models answer the same on noise, in ONNX Runtime on the CPU. Immutable.
 *
 * @param differences by output: the largest difference as a part of the largest absolute value;
 *     infinite where shapes differ or one has NaN where the other has none. Empty if they could not
 *     be compared
 * @param obstacle why they could not be compared; empty if they were
 */
public record OutputParity(Map<String, Double> differences, Optional<String> obstacle) {
  /** The largest relative difference that rounding in another order explains. */
  public static final double TOLERANCE = 1e-4;

  /** Copies the differences. */
  public OutputParity {
    differences = Map.copyOf(differences);
  }

  /**
   * Runs both models once on the same noise; loads both where they cannot be compared.
   *
   * @param noise for the inputs, which both have alike
   * @throws IllegalArgumentException if the runtime refuses one of them
   */
  public static OutputParity measure(ModelProto reference, ModelProto other, InputNoise noise) {
    try {
      Answers expected = run(reference, noise);
      if (expected.obstacle.isPresent()) {
        CpuSession.requireLoadable(other, "the other model");
        return new OutputParity(Map.of(), expected.obstacle);
      }
      Answers found = run(other, noise);
      if (found.obstacle.isPresent()) {
        return new OutputParity(Map.of(), found.obstacle);
      }
      Map<String, Double> differences = new LinkedHashMap<>();
      expected.values.forEach(
          (name, values) -> differences.put(name, difference(values, found.values.get(name))));
      if (differences.isEmpty()) {
        return new OutputParity(Map.of(), Optional.of("no output is a tensor of real numbers"));
      }
      return new OutputParity(differences, Optional.empty());
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot run the model (%s)".formatted(e.getMessage()), e);
    }
  }

  /** The largest difference over all outputs; 0 if they could not be compared. */
  public double largest() {
    return differences.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** Whether they were compared and every output agrees. */
  public boolean within(double tolerance) {
    return obstacle.isEmpty() && largest() <= tolerance;
  }

  private record Answers(Map<String, Values> values, Optional<String> obstacle) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Values(long[] shape, float[] values) {}

  private static Answers run(ModelProto model, InputNoise noise) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try (CpuSession opened = CpuSession.open(model)) {
      OrtSession session = opened.session();
      Optional<String> obstacle = noise.obstacle(session.getInputInfo());
      if (obstacle.isPresent()) {
        return new Answers(Map.of(), obstacle);
      }
      inputs.putAll(noise.tensors(OrtEnvironment.getEnvironment(), session.getInputInfo()));
      try (OrtSession.Result result = session.run(inputs)) {
        return new Answers(read(result, session.getOutputNames()), Optional.empty());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static Map<String, Values> read(OrtSession.Result result, Set<String> names) {
    Map<String, Values> values = new LinkedHashMap<>();
    for (String name : names) {
      Optional<OnnxValue> value = result.get(name);
      if (value.isPresent() && value.get() instanceof OnnxTensor tensor) {
        switch (tensor.getInfo().type) {
          case FLOAT, FLOAT16, BFLOAT16 -> {
            FloatBuffer buffer = tensor.getFloatBuffer();
            float[] copy = new float[buffer.remaining()];
            buffer.get(copy);
            values.put(name, new Values(tensor.getInfo().getShape(), copy));
          }
          default -> {
            // integers follow from the reals; they are not compared
          }
        }
      }
    }
    return values;
  }

  private static double difference(Values expected, Values found) {
    if (found == null || !java.util.Arrays.equals(expected.shape, found.shape)) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.values.length; i++) {
      float one = expected.values[i];
      float other = found.values[i];
      if (Float.compare(one, other) == 0) {
        largest = Math.max(largest, Float.isFinite(one) ? Math.abs(one) : 0);
        continue;
      }
      if (!Float.isFinite(one) || !Float.isFinite(other)) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.abs(one));
      difference = Math.max(difference, Math.abs((double) one - other));
    }
    if (difference == 0) {
      return 0;
    }
    return largest == 0 ? Double.POSITIVE_INFINITY : difference / largest;
  }
}
