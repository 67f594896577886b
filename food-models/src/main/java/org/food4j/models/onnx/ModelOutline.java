package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final Map<String, String> metadata;
  private final List<ValueInfoProto> inputs;
  private final List<ValueInfoProto> outputs;
  private final Map<String, Step> steps;

  /** Which operation makes a tensor, and the first that it reads, empty if none. */
  private record Step(String operator, String input) {}

  private ModelOutline(Scan scan) {
    metadata = Collections.unmodifiableMap(scan.metadata);
    inputs = scan.inputs.stream().filter(input -> !scan.weights.contains(input.getName())).toList();
    outputs = List.copyOf(scan.outputs);
    steps = Map.copyOf(scan.steps);
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
    if (!scan.graph || !scan.opset) {
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

  /** The graph's inputs that are not weights, in order. */
  public List<ValueInfoProto> inputs() {
    return inputs;
  }

  /** The graph's outputs, in order. */
  public List<ValueInfoProto> outputs() {
    return outputs;
  }

  /**
   * The operator that computes a tensor of the graph, {@code "Softmax"}; operations that only copy
   * it or change its type are looked through.
   *
   * @return absent if nothing computes it
   */
  public Optional<String> operatorOf(String tensor) {
    Set<String> seen = new HashSet<>();
    Step step = steps.get(tensor);
    while (step != null
        && (step.operator.equals("Identity") || step.operator.equals("Cast"))
        && seen.add(step.input)) {
      step = steps.get(step.input);
    }
    return Optional.ofNullable(step).map(Step::operator);
  }

  /** One pass over a file's bytes. */
  private static final class Scan {
    final Map<String, String> metadata = new LinkedHashMap<>();
    final List<ValueInfoProto> inputs = new ArrayList<>();
    final List<ValueInfoProto> outputs = new ArrayList<>();
    final Set<String> weights = new HashSet<>();
    final Map<String, Step> steps = new HashMap<>();
    boolean graph;
    boolean opset;

    void model(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (is(tag, ModelProto.GRAPH_FIELD_NUMBER)) {
          graph = true;
          nested(in, this::graphField);
        } else if (is(tag, ModelProto.METADATA_PROPS_FIELD_NUMBER)) {
          StringStringEntryProto entry =
              in.readMessage(
                  StringStringEntryProto.parser(), ExtensionRegistryLite.getEmptyRegistry());
          metadata.put(entry.getKey(), entry.getValue());
        } else {
          opset |= is(tag, ModelProto.OPSET_IMPORT_FIELD_NUMBER);
          in.skipField(tag);
        }
      }
    }

    private void graphField(CodedInputStream in, int tag) throws IOException {
      ExtensionRegistryLite none = ExtensionRegistryLite.getEmptyRegistry();
      if (is(tag, GraphProto.INPUT_FIELD_NUMBER)) {
        inputs.add(in.readMessage(ValueInfoProto.parser(), none));
      } else if (is(tag, GraphProto.OUTPUT_FIELD_NUMBER)) {
        outputs.add(in.readMessage(ValueInfoProto.parser(), none));
      } else if (is(tag, GraphProto.INITIALIZER_FIELD_NUMBER)) {
        nested(in, this::weightsField);
      } else if (is(tag, GraphProto.NODE_FIELD_NUMBER)) {
        NodeProto.Builder node = NodeProto.newBuilder();
        nested(in, (bytes, field) -> nodeField(bytes, field, node));
        Step step = new Step(node.getOpType(), node.getInputCount() == 0 ? "" : node.getInput(0));
        node.getOutputList().forEach(output -> steps.put(output, step));
      } else {
        in.skipField(tag);
      }
    }

    private void weightsField(CodedInputStream in, int tag) throws IOException {
      if (is(tag, TensorProto.NAME_FIELD_NUMBER)) {
        weights.add(in.readString());
      } else {
        in.skipField(tag);
      }
    }

    /** Attributes may hold weights. */
    private static void nodeField(CodedInputStream in, int tag, NodeProto.Builder node)
        throws IOException {
      if (is(tag, NodeProto.INPUT_FIELD_NUMBER)) {
        node.addInput(in.readString());
      } else if (is(tag, NodeProto.OUTPUT_FIELD_NUMBER)) {
        node.addOutput(in.readString());
      } else if (is(tag, NodeProto.OP_TYPE_FIELD_NUMBER)) {
        node.setOpType(in.readString());
      } else {
        in.skipField(tag);
      }
    }

    private static boolean is(int tag, int field) {
      return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
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
