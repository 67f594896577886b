package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One operation of the standard domain with a single output, before it has a name. Immutable.
 *
 * @param operator the ONNX operator, {@code "Conv"}
 * @param inputs names of tensors, in the operator's order
 * @param attributes in the order they were added
 */
public record OnnxNode(String operator, List<String> inputs, List<AttributeProto> attributes) {
  /** Copies the lists. */
  public OnnxNode {
    inputs = List.copyOf(inputs);
    attributes = List.copyOf(attributes);
  }

  /** An operation without attributes. */
  public static OnnxNode of(String operator, String... inputs) {
    return new OnnxNode(operator, List.of(inputs), List.of());
  }

  /** This operation on more inputs, which come after those it has. */
  public OnnxNode and(String... more) {
    List<String> all = new ArrayList<>(inputs);
    all.addAll(List.of(more));
    return new OnnxNode(operator, all, attributes);
  }

  /** This operation with an integer attribute. */
  public OnnxNode with(String attribute, long value) {
    return with(named(attribute, AttributeType.INT).setI(value));
  }

  /** This operation with a list of integers as an attribute. */
  public OnnxNode with(String attribute, int[] values) {
    AttributeProto.Builder builder = named(attribute, AttributeType.INTS);
    Arrays.stream(values).forEach(builder::addInts);
    return with(builder);
  }

  /** This operation with a real attribute, stored as float32. */
  public OnnxNode with(String attribute, double value) {
    return with(named(attribute, AttributeType.FLOAT).setF((float) value));
  }

  /** This operation with a text attribute. */
  public OnnxNode with(String attribute, String value) {
    return with(named(attribute, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
  }

  private OnnxNode with(AttributeProto.Builder attribute) {
    List<AttributeProto> all = new ArrayList<>(attributes);
    all.add(attribute.build());
    return new OnnxNode(operator, inputs, all);
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  /** The message; the only output has the node's name. */
  public NodeProto toProto(String name) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(name)
        .addAllAttribute(attributes)
        .build();
  }
}
