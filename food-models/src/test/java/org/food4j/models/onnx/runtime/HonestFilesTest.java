package org.food4j.models.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.optimize.GraphOptimizer;
import org.food4j.models.onnx.optimize.InputNoise;
import org.food4j.models.onnx.optimize.OutputParity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that are unusual, and that ONNX Runtime computes: none is refused as a hazard, and the
 * optimiser leaves their answers alone.
 */
class HonestFilesTest {
  @TempDir Path folder;

  private static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("a function that hands on its attributes", functionWithReference()),
        Arguments.of("weights that are sparse", sparseWeights()),
        Arguments.of("a branch that would be impossible and never runs", scripted("If")),
        Arguments.of("a loop of no rounds whose body would be impossible", scripted("Loop")),
        Arguments.of("a stale statement of a map's size", staleStatement()),
        Arguments.of("a window as long as a signal", longWindow()),
        Arguments.of("windows that are rounded up", roundedUp()),
        Arguments.of("padding that the operator finds itself", automaticPadding("SAME_LOWER")),
        Arguments.of("no padding by name", automaticPadding("VALID")),
        Arguments.of("columns before rows", blocks("CRD")),
        Arguments.of("rows before columns", blocks("DCR")),
        Arguments.of("maps that are cut by negative margins", negativeMargins()),
        Arguments.of("constants that cannot be computed, in a branch that never runs", deadEnd()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void file_unusualButHonest_isTaken(String what, ModelProto model) throws IOException {
    ModelProto outline =
        ModelOutline.read(Files.write(folder.resolve("m.onnx"), model.toByteArray())).model();

    assertThatCode(() -> RuntimeHazards.refuse(outline)).doesNotThrowAnyException();
    CpuSession.requireLoadable(model, what);
    ModelProto optimized = GraphOptimizer.standard().optimize(model).model();
    OutputParity parity = OutputParity.measure(model, optimized, InputNoise.standard());
    assertThat(parity.obstacle()).isEmpty();
    assertThat(parity.largest()).isLessThan(1e-5);
  }

  /** The runtime reads such values; a model in memory has no place to look for them. */
  @Test
  void outline_ofValuesInOtherFiles_saysNothingAgainstThem() throws IOException {
    GraphProto.Builder graph = graph(1, 2, 4, 4);
    NodeProto.Builder constant = node(graph, "Constant", "c");
    constant
        .addAttributeBuilder()
        .setName("value")
        .setType(AttributeType.TENSOR)
        .getTBuilder()
        .setDataType(DataType.FLOAT_VALUE)
        .addDims(1)
        .setDataLocation(DataLocation.EXTERNAL)
        .addExternalDataBuilder()
        .setKey("location")
        .setValue("weights.bin");
    node(graph, "Add", "y", "x", "c");
    Path file = Files.write(folder.resolve("m.onnx"), model(graph).toByteArray());

    assertThatCode(() -> RuntimeHazards.refuse(ModelOutline.read(file).model()))
        .doesNotThrowAnyException();
  }

  /** Refused when it runs, not when it is loaded: the optimiser leaves that to the runtime. */
  @Test
  void optimize_constantsThatCannotBeComputed_stay() {
    GraphProto.Builder graph = graph(1, 2, 4, 4);
    graph.addInitializer(OnnxTensors.floats("three", values(3), 3));
    graph.addInitializer(OnnxTensors.longs("tenth", new long[] {9}, 1));
    node(graph, "Gather", "none", "three", "tenth");
    node(graph, "Neg", "negative", "none");
    graph.addInitializer(OnnxTensors.floats("two", new float[] {2}, 1));
    node(graph, "Neg", "minus", "two");
    node(graph, "Mul", "scaled", "x", "minus");
    node(graph, "Add", "y", "scaled", "negative");

    ModelProto optimized = GraphOptimizer.standard().optimize(model(graph)).model();

    assertThat(optimized.getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactlyInAnyOrder("Gather", "Neg", "Mul", "Add");
  }

  private static ModelProto functionWithReference() {
    GraphProto.Builder graph = graph(1, 2, 4, 4);
    graph.addInitializer(OnnxTensors.floats("w", values(36), 2, 2, 3, 3));
    NodeProto.Builder call = node(graph, "MyConv", "y", "x", "w").setDomain("own");
    ints(call, "strides", 2, 2);
    ModelProto.Builder model = model(graph).toBuilder();
    model.addOpsetImportBuilder().setDomain("own").setVersion(1);
    var function = model.addFunctionsBuilder().setName("MyConv").setDomain("own");
    function.addInput("a").addInput("b").addOutput("c").addAttribute("strides");
    function.addOpsetImportBuilder().setVersion(17);
    function
        .addNodeBuilder()
        .setOpType("Conv")
        .setName("c")
        .addInput("a")
        .addInput("b")
        .addOutput("c")
        .addAttributeBuilder()
        .setName("strides")
        .setRefAttrName("strides")
        .setType(AttributeType.INTS);
    return model.build();
  }

  private static ModelProto sparseWeights() {
    GraphProto.Builder graph = graph(3, 4);
    var sparse = graph.addSparseInitializerBuilder().addDims(4).addDims(2);
    sparse.setValues(OnnxTensors.floats("w", new float[] {1, 2, 3}, 3));
    sparse.setIndices(OnnxTensors.longs("", new long[] {0, 3, 6}, 3));
    node(graph, "MatMul", "y", "x", "w");
    return model(graph);
  }

  private static ModelProto scripted(String operator) {
    GraphProto.Builder graph = graph(1, 2, 4, 4);
    GraphProto.Builder pool = body("pooled");
    ints(node(pool, "MaxPool", "pooled", "x"), "kernel_shape", 7, 7);
    GraphProto.Builder plain = body("plain");
    node(plain, "Relu", "plain", "x");
    graph.addInitializer(OnnxTensors.bytes("no", DataType.BOOL, new byte[1], 1));
    if (operator.equals("If")) {
      NodeProto.Builder branch = node(graph, "If", "y", "no");
      bodyOf(branch, "then_branch", pool);
      bodyOf(branch, "else_branch", plain);
      return model(graph);
    }
    graph.addInitializer(OnnxTensors.longs("rounds", new long[] {0}));
    GraphProto.Builder round = GraphProto.newBuilder().setName("round");
    round.addInput(scalar("i", DataType.INT64)).addInput(scalar("go", DataType.BOOL));
    round.addInput(value("before", DataType.FLOAT, 1, 2, 4, 4));
    ints(node(round, "MaxPool", "pooled", "x"), "kernel_shape", 7, 7);
    node(round, "Add", "after", "before", "before");
    node(round, "Identity", "still", "go");
    round.addOutput(scalar("still", DataType.BOOL)).addOutput(value("after", DataType.FLOAT));
    bodyOf(node(graph, "Loop", "y", "rounds", "", "x"), "body", round);
    return model(graph);
  }

  private static ModelProto staleStatement() {
    GraphProto.Builder graph = graph(1, 2, 8, 8);
    graph.addInitializer(OnnxTensors.floats("scales", new float[] {1, 1, 4, 4}, 4));
    node(graph, "Resize", "large", "x", "", "scales");
    graph.addValueInfo(value("large", DataType.FLOAT, 1, 2, 8, 8));
    ints(node(graph, "AveragePool", "y", "large"), "kernel_shape", 16, 16);
    return model(graph);
  }

  private static ModelProto longWindow() {
    GraphProto.Builder graph = graph(1, 1, 100_000);
    ints(node(graph, "AveragePool", "y", "x"), "kernel_shape", 100_000);
    return model(graph);
  }

  private static ModelProto roundedUp() {
    GraphProto.Builder graph = graph(1, 2, 5, 5);
    NodeProto.Builder pool = node(graph, "MaxPool", "y", "x");
    ints(pool, "kernel_shape", 2, 2);
    ints(pool, "strides", 2, 2);
    pool.addAttributeBuilder().setName("ceil_mode").setType(AttributeType.INT).setI(1);
    return model(graph);
  }

  private static ModelProto automaticPadding(String how) {
    GraphProto.Builder graph = graph(1, 2, 5, 5);
    graph.addInitializer(OnnxTensors.floats("w", values(36), 2, 2, 3, 3));
    NodeProto.Builder conv = node(graph, "Conv", "y", "x", "w");
    ints(conv, "strides", 2, 2);
    text(conv, "auto_pad", how);
    return model(graph);
  }

  private static ModelProto blocks(String mode) {
    GraphProto.Builder graph = graph(1, 8, 3, 3);
    NodeProto.Builder fine = node(graph, "DepthToSpace", "fine", "x");
    fine.addAttributeBuilder().setName("blocksize").setType(AttributeType.INT).setI(2);
    text(fine, "mode", mode);
    ints(node(graph, "MaxPool", "y", "fine"), "kernel_shape", 6, 6);
    return model(graph);
  }

  private static ModelProto negativeMargins() {
    GraphProto.Builder graph = graph(1, 2, 5, 5);
    graph.addInitializer(OnnxTensors.longs("pads", new long[] {0, 0, -1, 0, 0, 0, -2, 3}, 8));
    node(graph, "Pad", "cut", "x", "pads");
    ints(node(graph, "MaxPool", "y", "cut"), "kernel_shape", 2, 8);
    return model(graph);
  }

  private static ModelProto deadEnd() {
    GraphProto.Builder graph = graph(1, 2, 4, 4);
    GraphProto.Builder plain = body("plain");
    node(plain, "Relu", "plain", "x");
    GraphProto.Builder never = body("sum");
    never.addInitializer(OnnxTensors.floats("three", values(3), 3));
    never.addInitializer(OnnxTensors.longs("tenth", new long[] {9}, 1));
    node(never, "Gather", "none", "three", "tenth");
    node(never, "Neg", "negative", "none");
    node(never, "Add", "sum", "negative", "x");
    graph.addInitializer(OnnxTensors.bytes("no", DataType.BOOL, new byte[1], 1));
    NodeProto.Builder branch = node(graph, "If", "y", "no");
    bodyOf(branch, "then_branch", never);
    bodyOf(branch, "else_branch", plain);
    return model(graph);
  }

  private static GraphProto.Builder graph(long... shape) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    graph.addInput(value("x", DataType.FLOAT, shape));
    graph.addOutput(value("y", DataType.FLOAT));
    return graph;
  }

  private static GraphProto.Builder body(String output) {
    return GraphProto.newBuilder().setName("body").addOutput(value(output, DataType.FLOAT));
  }

  private static void bodyOf(NodeProto.Builder node, String name, GraphProto.Builder body) {
    node.addAttributeBuilder().setName(name).setType(AttributeType.GRAPH).setG(body);
  }

  private static ModelProto model(GraphProto.Builder graph) {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    return model.build();
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
    for (long size : shape) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(size);
    }
    return value.build();
  }

  private static ValueInfoProto scalar(String name, DataType type) {
    ValueInfoProto.Builder value = value(name, type).toBuilder();
    value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    return value.build();
  }

  private static NodeProto.Builder node(
      GraphProto.Builder graph, String operator, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private static void ints(NodeProto.Builder node, String name, long... values) {
    node.addAttributeBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList());
  }

  private static void text(NodeProto.Builder node, String name, String text) {
    node.addAttributeBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(com.google.protobuf.ByteString.copyFromUtf8(text));
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i * 7 % 11 - 5) / 10f;
    }
    return values;
  }
}
