package org.food4j.models.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.OnnxTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeHazardsTest {
  @TempDir Path folder;

  private static void value(GraphProto.Builder graph, String name, DataType type, long... shape) {
    var tensor = graph.addInputBuilder().setName(name).getTypeBuilder().getTensorTypeBuilder();
    tensor.setElemType(type.getNumber()).getShapeBuilder();
    for (long size : shape) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(size);
    }
  }

  private static GraphProto.Builder windows(String kernelOf, long... kernel) {
    GraphProto.Builder body = GraphProto.newBuilder().setName("body");
    var node = body.addNodeBuilder().setOpType("MaxPool").setName("pool");
    node.addInput(kernelOf).addOutput("pooled");
    var attribute = node.addAttributeBuilder().setName("kernel_shape");
    attribute.setType(AttributeType.INTS);
    attribute.addAllInts(java.util.Arrays.stream(kernel).boxed().toList());
    body.addOutputBuilder().setName("pooled");
    return body;
  }

  /** An {@code If} whose bodies read what the graph outside makes. */
  private static ModelProto branching(GraphProto.Builder then) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    value(graph, "maps", DataType.FLOAT, 1, 2, 8, 8);
    value(graph, "which", DataType.BOOL);
    graph.addNodeBuilder().setOpType("Relu").setName("relu").addInput("maps").addOutput("outer");
    var branch = graph.addNodeBuilder().setOpType("If").setName("if").addInput("which");
    branch.addOutput("answer");
    for (String name : List.of("then_branch", "else_branch")) {
      branch
          .addAttributeBuilder()
          .setName(name)
          .setType(AttributeType.GRAPH)
          .setG(name.startsWith("then") ? then : windows("outer", 2, 2));
    }
    graph
        .addOutputBuilder()
        .setName("answer")
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT_VALUE);
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    return model.build();
  }

  @Test
  void refuse_bodies_areLookedThroughForCounts() {
    assertThatThrownBy(() -> RuntimeHazards.refuse(branching(windows("outer", 0, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kernel_shape of node 'pool'");
  }

  @Test
  void refuse_functions_areLookedThrough() {
    ModelProto.Builder model = branching(windows("outer", 2, 2)).toBuilder();
    NodeProto.Builder inside =
        model.addFunctionsBuilder().setName("own").addNodeBuilder().setOpType("Conv");
    AttributeProto.Builder group =
        inside.setName("inside").addAttributeBuilder().setName("group").setType(AttributeType.INT);

    group.setI(0);
    assertThatThrownBy(() -> RuntimeHazards.refuse(model.build()))
        .hasMessageContaining("group of node 'inside'");
    group.clearI().setRefAttrName("groups");
    assertThatCode(() -> RuntimeHazards.refuse(model.build())).doesNotThrowAnyException();
  }

  @Test
  void outline_ofLargeBodies_keepsTheirHazards() throws IOException {
    GraphProto.Builder body = windows("outer", 0, 0);
    body.addInitializer(OnnxTensors.floats("large", new float[5000], 5000));
    Path file = Files.write(folder.resolve("m.onnx"), branching(body).toByteArray());
    ModelProto outline = ModelOutline.read(file).model();

    assertThatThrownBy(() -> RuntimeHazards.refuse(outline))
        .hasMessageContaining("kernel_shape of node 'pool'");
  }

  @Test
  void everySession_isRefusedAlike() {
    ModelProto harmful = branching(windows("outer", 0, 0));

    assertThatThrownBy(() -> CpuSession.open(harmful)).hasMessageContaining("kernel_shape");
    assertThatThrownBy(() -> CpuSession.requireLoadable(harmful, "the model"))
        .hasMessageContaining("kernel_shape");
    assertThatThrownBy(() -> CpuSession.optimized(harmful, OptLevel.ALL_OPT))
        .hasMessageContaining("kernel_shape");
  }
}
