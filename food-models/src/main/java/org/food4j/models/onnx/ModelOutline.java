package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model file says but for its weights, which are skipped: quick to read and small, however
 * large the file. Immutable.
 *
 * <p>Text comes from the file's own bytes in UTF-8; ONNX Runtime's Java interface spoils characters
 * beyond Unicode's first plane, which labels may well contain.
 */
public final class ModelOutline {
  /** Attributes and constants of more bytes than this are weights. */
  private static final int MOST_BYTES = 4096;

  private static final Set<String> SAME_VALUES =
      Set.of("Identity", "Cast", "Flatten", "Reshape", "Squeeze");

  private final Map<String, String> metadata;
  private final GraphProto graph;
  private final Map<String, NodeProto> producers = new HashMap<>();

  private ModelOutline(Scan scan) {
    metadata = Collections.unmodifiableMap(scan.metadata);
    graph = scan.graph.build();
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
    }
  }

  /**
   * Reads a model file, its weights left out.
   *
   * @throws UnreadableModelException if it is missing, truncated, or not ONNX
   * @throws IOException if reading fails for another reason
   */
  public static ModelOutline read(Path path) throws IOException {
    OnnxModelFile.requireFile(path);
    Scan scan = new Scan();
    try (InputStream in = Files.newInputStream(path)) {
      scan.model(CodedInputStream.newInstance(in));
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableModelException(
          path, "not a complete ONNX file (" + e.getMessage() + ")", e);
    }
    if (!scan.hasGraph || !scan.hasOpset) {
      throw new UnreadableModelException(path, "not an ONNX file: it holds no graph");
    }
    return new ModelOutline(scan);
  }

  /**
   * The file's {@code metadata_props}, in the file's order; of a key given twice the last value.
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The graph without the values of its weights: its nodes without large attributes, its constants
   * with their shapes, and with their values where these are few.
   */
  public GraphProto graph() {
    return graph;
  }

  /**
   * The operator that computes a tensor of the graph, {@code "Softmax"}; operations that only copy
   * it or change its type or shape are looked through.
   *
   * @return absent if nothing computes it
   */
  public Optional<String> operatorOf(String tensor) {
    Set<String> seen = new HashSet<>();
    NodeProto node = producers.get(tensor);
    while (node != null
        && SAME_VALUES.contains(node.getOpType())
        && node.getInputCount() > 0
        && seen.add(node.getInput(0))) {
      node = producers.get(node.getInput(0));
    }
    return Optional.ofNullable(node).map(NodeProto::getOpType);
  }

  /** One pass over a file's bytes. */
  private static final class Scan {
    final Map<String, String> metadata = new LinkedHashMap<>();
    final GraphProto.Builder graph = GraphProto.newBuilder();
    boolean hasGraph;
    boolean hasOpset;

    void model(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (is(tag, ModelProto.GRAPH_FIELD_NUMBER)) {
          hasGraph = true;
          nested(in, this::graphField);
        } else if (is(tag, ModelProto.METADATA_PROPS_FIELD_NUMBER)) {
          StringStringEntryProto entry = message(in, StringStringEntryProto.parser());
          metadata.put(entry.getKey(), entry.getValue());
        } else {
          hasOpset |= is(tag, ModelProto.OPSET_IMPORT_FIELD_NUMBER);
          in.skipField(tag);
        }
      }
    }

    private void graphField(CodedInputStream in, int tag) throws IOException {
      if (is(tag, GraphProto.INPUT_FIELD_NUMBER)) {
        graph.addInput(message(in, ValueInfoProto.parser()));
      } else if (is(tag, GraphProto.OUTPUT_FIELD_NUMBER)) {
        graph.addOutput(message(in, ValueInfoProto.parser()));
      } else if (is(tag, GraphProto.INITIALIZER_FIELD_NUMBER)) {
        TensorProto.Builder tensor = TensorProto.newBuilder();
        nested(in, (bytes, field) -> tensorField(bytes, field, tensor));
        graph.addInitializer(tensor);
      } else if (is(tag, GraphProto.NODE_FIELD_NUMBER)) {
        NodeProto.Builder node = NodeProto.newBuilder();
        nested(in, (bytes, field) -> nodeField(bytes, field, node));
        graph.addNode(node);
      } else {
        in.skipField(tag);
      }
    }

    private static void tensorField(CodedInputStream in, int tag, TensorProto.Builder tensor)
        throws IOException {
      if (is(tag, TensorProto.NAME_FIELD_NUMBER)) {
        tensor.setName(in.readString());
      } else if (tag == TensorProto.DIMS_FIELD_NUMBER << 3) {
        tensor.addDims(in.readInt64());
      } else if (is(tag, TensorProto.DIMS_FIELD_NUMBER)) {
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
          tensor.addDims(in.readInt64());
        }
        in.popLimit(limit);
      } else if (tag == TensorProto.DATA_TYPE_FIELD_NUMBER << 3) {
        tensor.setDataType(in.readInt32());
      } else if (is(tag, TensorProto.RAW_DATA_FIELD_NUMBER)) {
        few(in).ifPresent(tensor::setRawData);
      } else if (tag == TensorProto.INT64_DATA_FIELD_NUMBER << 3) {
        tensor.addInt64Data(in.readInt64());
      } else if (is(tag, TensorProto.INT64_DATA_FIELD_NUMBER)) {
        CodedInputStream packed = few(in).orElse(ByteString.EMPTY).newCodedInput();
        while (!packed.isAtEnd()) {
          tensor.addInt64Data(packed.readInt64());
        }
      } else {
        in.skipField(tag);
      }
    }

    private static void nodeField(CodedInputStream in, int tag, NodeProto.Builder node)
        throws IOException {
      if (is(tag, NodeProto.INPUT_FIELD_NUMBER)) {
        node.addInput(in.readString());
      } else if (is(tag, NodeProto.OUTPUT_FIELD_NUMBER)) {
        node.addOutput(in.readString());
      } else if (is(tag, NodeProto.NAME_FIELD_NUMBER)) {
        node.setName(in.readString());
      } else if (is(tag, NodeProto.OP_TYPE_FIELD_NUMBER)) {
        node.setOpType(in.readString());
      } else if (is(tag, NodeProto.ATTRIBUTE_FIELD_NUMBER)) {
        Optional<ByteString> bytes = few(in);
        if (bytes.isPresent()) {
          node.addAttribute(AttributeProto.parseFrom(bytes.get()));
        }
      } else {
        in.skipField(tag);
      }
    }

    private static boolean is(int tag, int field) {
      return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private static <T extends MessageLite> T message(CodedInputStream in, Parser<T> parser)
        throws IOException {
      return in.readMessage(parser, ExtensionRegistryLite.getEmptyRegistry());
    }

    /** Bytes unless they are many, which are skipped. */
    private static Optional<ByteString> few(CodedInputStream in) throws IOException {
      int length = in.readRawVarint32();
      if (length < 0 || length > MOST_BYTES) {
        in.skipRawBytes(length);
        return Optional.empty();
      }
      return Optional.of(ByteString.copyFrom(in.readRawBytes(length)));
    }

    private interface Field {
      void read(CodedInputStream in, int tag) throws IOException;
    }

    /** Reads an embedded message, field by field. */
    private static void nested(CodedInputStream in, Field field) throws IOException {
      int length = in.readRawVarint32();
      int limit = in.pushLimit(length);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        field.read(in, tag);
      }
      if (in.getBytesUntilLimit() != 0) {
        throw new InvalidProtocolBufferException("the file ends too early");
      }
      in.popLimit(limit);
    }
  }
}
