package org.food4j.models.onnx.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/** An ONNX graph for a test: random weights, any opset, any types. */
final class SmallGraph {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random = new Random(3);
  private int opset = 17;

  /** Another version of the standard domain than 17. */
  SmallGraph opset(int version) {
    opset = version;
    return this;
  }

  /** A float32 input; -1 leaves a dimension open. */
  SmallGraph input(String name, long... shape) {
    return input(name, DataType.FLOAT, shape);
  }

  SmallGraph input(String name, DataType type, long... shape) {
    graph
        .addInputBuilder()
        .setName(name)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(type.getNumber())
        .setShape(dimensions(shape));
    return this;
  }

  /** A float32 output of a shape that is not stated. */
  SmallGraph output(String name) {
    graph
        .addOutputBuilder()
        .setName(name)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT_VALUE);
    return this;
  }

  /** Random weights from -1 to 1. */
  SmallGraph weights(String name, long... shape) {
    return weights(name, -1, 1, shape);
  }

  SmallGraph weights(String name, double low, double high, long... shape) {
    float[] values = new float[Math.toIntExact(OnnxTensors.count(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return constant(OnnxTensors.floats(name, values, shape));
  }

  SmallGraph longs(String name, long... values) {
    return constant(OnnxTensors.longs(name, values, values.length));
  }

  SmallGraph constant(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** Four tensors of batch normalisation: {@code NAME.g, .b, .m, .v}. */
  SmallGraph statistics(String name, long channels) {
    return weights(name + ".g", channels)
        .weights(name + ".b", channels)
        .weights(name + ".m", channels)
        .weights(name + ".v", 0.3, 2, channels);
  }

  /** A node, written {@code "out = Operator a b"}. */
  Node node(String text) {
    String[] words = text.split(" ");
    NodeProto.Builder node = graph.addNodeBuilder().setOpType(words[2]).setName(words[0]);
    for (String output : words[0].split(",")) {
      node.addOutput(output);
    }
    Arrays.stream(words).skip(3).forEach(word -> node.addInput(word.equals("_") ? "" : word));
    return new Node(node);
  }

  /** A node that may be given attributes. */
  final class Node {
    private final NodeProto.Builder builder;

    Node(NodeProto.Builder builder) {
      this.builder = builder;
    }

    Node with(String attribute, long value) {
      builder.addAttributeBuilder().setName(attribute).setType(AttributeType.INT).setI(value);
      return this;
    }

    Node with(String attribute, double value) {
      builder
          .addAttributeBuilder()
          .setName(attribute)
          .setType(AttributeType.FLOAT)
          .setF((float) value);
      return this;
    }

    Node list(String attribute, long... values) {
      var list = builder.addAttributeBuilder().setName(attribute).setType(AttributeType.INTS);
      Arrays.stream(values).forEach(list::addInts);
      return this;
    }

    Node text(String attribute, String value) {
      builder
          .addAttributeBuilder()
          .setName(attribute)
          .setType(AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(value));
      return this;
    }

    Node with(String attribute, TensorProto value) {
      builder.addAttributeBuilder().setName(attribute).setType(AttributeType.TENSOR).setT(value);
      return this;
    }

    SmallGraph end() {
      return SmallGraph.this;
    }
  }

  ModelProto build() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setDomain("").setVersion(opset);
    return model.build();
  }

  private static TensorShapeProto dimensions(long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      if (size < 0) {
        dimensions.addDimBuilder().setDimParam("free");
      } else {
        dimensions.addDimBuilder().setDimValue(size);
      }
    }
    return dimensions.build();
  }

  /** Runs passes on this graph, checks that it computes the same, and gives its operators. */
  List<String> after(GraphPass... passes) {
    ModelProto model = build();
    ModelProto changed = apply(model, passes);
    OutputParity parity = OutputParity.measure(model, changed, InputNoise.standard());
    assertThat(parity.obstacle()).isEmpty();
    assertThat(parity.largest()).as("%s", changed).isLessThan(1e-5);
    return operators(changed);
  }

  static ModelProto apply(ModelProto model, GraphPass... passes) {
    OnnxGraph graph = OnnxGraph.of(model);
    Map<String, Integer> changes = new GraphOptimizer(List.of(passes)).apply(graph);
    ModelProto changed = graph.toModel();
    boolean same = changed.equals(OnnxGraph.of(model).toModel());
    assertThat(changes.values().stream().allMatch(n -> n == 0)).isEqualTo(same);
    return changed;
  }

  static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
