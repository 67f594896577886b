package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the attributes of one node. Immutable.
 *
 * @param node that has them
 */
public record OnnxAttributes(NodeProto node) {
  /** The attributes of a node. */
  public static OnnxAttributes of(NodeProto node) {
    return new OnnxAttributes(node);
  }

  /** The attribute of that name. */
  public Optional<AttributeProto> find(String name) {
    return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
  }

  /** Whether the node has an attribute of that name. */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  /** An integer, or what ONNX takes when it is absent. */
  public long integer(String name, long otherwise) {
    return find(name).map(AttributeProto::getI).orElse(otherwise);
  }

  /** A real number, or what ONNX takes when it is absent. */
  public float real(String name, float otherwise) {
    return find(name).map(AttributeProto::getF).orElse(otherwise);
  }

  /** A text, or what ONNX takes when it is absent. */
  public String text(String name, String otherwise) {
    return find(name).map(attribute -> attribute.getS().toStringUtf8()).orElse(otherwise);
  }

  /** A list of integers. */
  public Optional<long[]> integers(String name) {
    return find(name)
        .map(attribute -> attribute.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  /** A list of integers that are all the same when it is absent: strides, pads. */
  public long[] integers(String name, int count, long otherwise) {
    return integers(name)
        .orElseGet(
            () -> {
              long[] values = new long[count];
              Arrays.fill(values, otherwise);
              return values;
            });
  }

  /** The node with another list of integers under that name, in place of the one it had. */
  public NodeProto with(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return without(name).toBuilder().addAttribute(attribute).build();
  }

  /** The node with another integer under that name, in place of the one it had. */
  public NodeProto withInteger(String name, long value) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT);
    return without(name).toBuilder().addAttribute(attribute.setI(value)).build();
  }

  /** The node without the attribute of that name. */
  public NodeProto without(String name) {
    NodeProto.Builder changed = node.toBuilder().clearAttribute();
    node.getAttributeList().stream()
        .filter(attribute -> !attribute.getName().equals(name))
        .forEach(changed::addAttribute);
    return changed.build();
  }
}
