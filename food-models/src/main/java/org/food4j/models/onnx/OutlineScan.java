package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
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
import java.util.Optional;

/** One pass over a model file's bytes, which leaves its weights out. Not thread-safe. */
final class OutlineScan {
  /** Texts, lists and constants of more bytes than this are left out: weights. */
  private static final int MOST_BYTES = 4096;

  /** Messages within messages; protocol buffers themselves allow as many. */
  private static final int DEEPEST = 100;

  private final CodedInputStream in;
  private int depth;

  private OutlineScan(CodedInputStream in) {
    this.in = in;
  }

  /** The model; empty of what the file does not have. */
  static ModelProto read(InputStream stream) throws IOException {
    return new OutlineScan(CodedInputStream.newInstance(stream)).model();
  }

  private ModelProto model() throws IOException {
    ModelProto.Builder model = ModelProto.newBuilder();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (is(tag, ModelProto.GRAPH_FIELD_NUMBER)) {
        graph(model.getGraphBuilder());
      } else if (is(tag, ModelProto.METADATA_PROPS_FIELD_NUMBER)) {
        model.addMetadataProps(message(StringStringEntryProto.parser()));
      } else if (is(tag, ModelProto.OPSET_IMPORT_FIELD_NUMBER)) {
        model.addOpsetImport(message(OperatorSetIdProto.parser()));
      } else if (is(tag, ModelProto.FUNCTIONS_FIELD_NUMBER)) {
        function(model.addFunctionsBuilder());
      } else {
        in.skipField(tag);
      }
    }
    return model.build();
  }

  private void function(FunctionProto.Builder function) throws IOException {
    nested(
        tag -> {
          if (is(tag, FunctionProto.NODE_FIELD_NUMBER)) {
            node(function.addNodeBuilder());
          } else {
            in.skipField(tag);
          }
        });
  }

  private void graph(GraphProto.Builder graph) throws IOException {
    nested(
        tag -> {
          if (is(tag, GraphProto.INPUT_FIELD_NUMBER)) {
            graph.addInput(message(ValueInfoProto.parser()));
          } else if (is(tag, GraphProto.OUTPUT_FIELD_NUMBER)) {
            graph.addOutput(message(ValueInfoProto.parser()));
          } else if (is(tag, GraphProto.INITIALIZER_FIELD_NUMBER)) {
            tensor(graph.addInitializerBuilder());
          } else if (is(tag, GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER)) {
            sparse(graph.addSparseInitializerBuilder());
          } else if (is(tag, GraphProto.NODE_FIELD_NUMBER)) {
            node(graph.addNodeBuilder());
          } else {
            in.skipField(tag);
          }
        });
  }

  private void sparse(SparseTensorProto.Builder weights) throws IOException {
    nested(
        tag -> {
          if (is(tag, SparseTensorProto.VALUES_FIELD_NUMBER)) {
            tensor(weights.getValuesBuilder());
          } else {
            in.skipField(tag);
          }
        });
  }

  private void node(NodeProto.Builder node) throws IOException {
    nested(
        tag -> {
          if (is(tag, NodeProto.INPUT_FIELD_NUMBER)) {
            node.addInput(in.readString());
          } else if (is(tag, NodeProto.OUTPUT_FIELD_NUMBER)) {
            node.addOutput(in.readString());
          } else if (is(tag, NodeProto.NAME_FIELD_NUMBER)) {
            node.setName(in.readString());
          } else if (is(tag, NodeProto.OP_TYPE_FIELD_NUMBER)) {
            node.setOpType(in.readString());
          } else if (is(tag, NodeProto.DOMAIN_FIELD_NUMBER)) {
            node.setDomain(in.readString());
          } else if (is(tag, NodeProto.ATTRIBUTE_FIELD_NUMBER)) {
            attribute(node.addAttributeBuilder());
          } else {
            in.skipField(tag);
          }
        });
  }

  /** Field by field, however small: constants in it may say that their values lie elsewhere. */
  private void attribute(AttributeProto.Builder attribute) throws IOException {
    nested(
        tag -> {
          if (is(tag, AttributeProto.NAME_FIELD_NUMBER)) {
            attribute.setName(in.readString());
          } else if (is(tag, AttributeProto.REF_ATTR_NAME_FIELD_NUMBER)) {
            attribute.setRefAttrName(in.readString());
          } else if (tag == AttributeProto.TYPE_FIELD_NUMBER << 3) {
            Optional.ofNullable(AttributeType.forNumber(in.readEnum()))
                .ifPresent(attribute::setType);
          } else if (tag == AttributeProto.I_FIELD_NUMBER << 3) {
            attribute.setI(in.readInt64());
          } else if (tag == AttributeProto.INTS_FIELD_NUMBER << 3) {
            attribute.addInts(in.readInt64());
          } else if (is(tag, AttributeProto.INTS_FIELD_NUMBER)) {
            for (CodedInputStream packed = packed(); !packed.isAtEnd(); ) {
              attribute.addInts(packed.readInt64());
            }
          } else if (tag == (AttributeProto.F_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED32)) {
            attribute.setF(in.readFloat());
          } else if (is(tag, AttributeProto.S_FIELD_NUMBER)) {
            few().ifPresent(attribute::setS);
          } else if (is(tag, AttributeProto.T_FIELD_NUMBER)) {
            tensor(attribute.getTBuilder());
          } else if (is(tag, AttributeProto.G_FIELD_NUMBER)) {
            graph(attribute.getGBuilder());
          } else if (is(tag, AttributeProto.GRAPHS_FIELD_NUMBER)) {
            graph(attribute.addGraphsBuilder());
          } else {
            in.skipField(tag);
          }
        });
  }

  private CodedInputStream packed() throws IOException {
    return few().orElse(ByteString.EMPTY).newCodedInput();
  }

  private void tensor(TensorProto.Builder tensor) throws IOException {
    nested(
        tag -> {
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
            few().ifPresent(tensor::setRawData);
          } else if (tag == TensorProto.INT64_DATA_FIELD_NUMBER << 3) {
            tensor.addInt64Data(in.readInt64());
          } else if (is(tag, TensorProto.INT64_DATA_FIELD_NUMBER)) {
            for (CodedInputStream packed = packed(); !packed.isAtEnd(); ) {
              tensor.addInt64Data(packed.readInt64());
            }
          } else {
            in.skipField(tag);
          }
        });
  }

  private static boolean is(int tag, int field) {
    return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  private <T extends MessageLite> T message(Parser<T> parser) throws IOException {
    return in.readMessage(parser, ExtensionRegistryLite.getEmptyRegistry());
  }

  /** Bytes unless they are many, which are skipped. */
  private Optional<ByteString> few() throws IOException {
    int length = in.readRawVarint32();
    if (length < 0 || length > MOST_BYTES) {
      in.skipRawBytes(length);
      return Optional.empty();
    }
    return Optional.of(ByteString.copyFrom(in.readRawBytes(length)));
  }

  private interface Field {
    void read(int tag) throws IOException;
  }

  /** Reads an embedded message, field by field. */
  private void nested(Field field) throws IOException {
    if (++depth > DEEPEST) {
      throw new InvalidProtocolBufferException(
          "messages lie more than %d deep in each other".formatted(DEEPEST));
    }
    int limit = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field.read(tag);
    }
    if (in.getBytesUntilLimit() != 0) {
      throw new InvalidProtocolBufferException("the file ends too early");
    }
    in.popLimit(limit);
    depth--;
  }
}
