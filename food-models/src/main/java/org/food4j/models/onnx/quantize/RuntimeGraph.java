package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.runtime.CpuSession;

/** A model in ONNX Runtime on the CPU, whose inner tensors can be read. Not thread-safe. */
final class RuntimeGraph implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final CpuSession opened;
  private final OrtSession session;

  private RuntimeGraph(ModelProto model) {
    try {
      opened = CpuSession.open(model);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot load the model (%s)".formatted(e.getMessage()), e);
    }
    session = opened.session();
  }

  /**
   * Opens a model.
   *
   * @throws IllegalArgumentException if the runtime refuses it
   */
  static RuntimeGraph open(ModelProto model) {
    return new RuntimeGraph(model);
  }

  /** Opens a model so that some of its inner tensors can be read beside its outputs. */
  static RuntimeGraph open(ModelProto model, Collection<String> inner) {
    ModelProto.Builder extended = model.toBuilder();
    Set<String> outputs = new HashSet<>(OnnxGraph.of(model).outputs());
    for (String tensor : inner) {
      if (outputs.add(tensor)) {
        extended.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(tensor));
      }
    }
    return new RuntimeGraph(extended.build());
  }

  /**
   * Runs the model.
   *
   * @param wanted tensors to read
   * @param reader is given each with its name; the buffer is its own
   */
  void run(SampleBatch batch, Set<String> wanted, BiConsumer<String, Output> reader) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      if (!session.getInputNames().equals(batch.inputs().keySet())) {
        throw new IllegalArgumentException(
            "The model's inputs are %s, the samples are of %s"
                .formatted(session.getInputNames(), batch.inputs().keySet()));
      }
      for (Map.Entry<String, SampleBatch.Input> input : batch.inputs().entrySet()) {
        inputs.put(input.getKey(), tensor(input.getKey(), input.getValue()));
      }
      try (OrtSession.Result result = session.run(inputs, wanted)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          if (output.getValue() instanceof OnnxTensor tensor
              && tensor.getInfo().type == OnnxJavaType.FLOAT) {
            reader.accept(
                output.getKey(), new Output(tensor.getFloatBuffer(), tensor.getInfo().getShape()));
          }
        }
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot compute the samples (%s)".formatted(e.getMessage()), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /**
   * How many numbers a tensor will hold.
   *
   * @return none if the runtime does not know before it runs
   */
  OptionalLong count(String tensor, SampleBatch batch) {
    try {
      if (!(session.getOutputInfo().get(tensor).getInfo() instanceof TensorInfo info)) {
        return OptionalLong.empty();
      }
      long samples =
          batch.inputs().values().stream()
              .mapToLong(input -> input.shape().length == 0 ? 1 : input.shape()[0])
              .max()
              .orElse(1);
      long[] shape = info.getShape();
      if (shape.length > 0 && shape[0] < 0) {
        shape[0] = samples;
      }
      return Arrays.stream(shape).allMatch(d -> d >= 0)
          ? OptionalLong.of(OnnxTensors.count(shape))
          : OptionalLong.empty();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not name its outputs", e);
    }
  }

  private OnnxTensor tensor(String name, SampleBatch.Input input) throws OrtException {
    boolean bytes =
        session.getInputInfo().get(name).getInfo() instanceof TensorInfo info
            && info.type == OnnxJavaType.UINT8;
    if (!bytes) {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.values()), input.shape());
    }
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(input.values().length).order(ByteOrder.nativeOrder());
    for (float value : input.values()) {
      buffer.put((byte) (int) value);
    }
    return OnnxTensor.createTensor(environment, buffer.rewind(), input.shape(), OnnxJavaType.UINT8);
  }

  @Override
  public void close() {
    try {
      opened.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close: " + e.getMessage(), e);
    }
  }

  /** A float32 tensor that a run made. */
  @SuppressWarnings("ArrayRecordComponent")
  record Output(FloatBuffer values, long[] shape) {}
}
