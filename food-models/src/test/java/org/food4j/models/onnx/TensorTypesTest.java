package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds inferred types and shapes against those that ONNX Runtime infers. */
class TensorTypesTest {
  @ParameterizedTest
  @ValueSource(strings = {"attention_cnn", "mobilenet_v3_small", "resnet18", "seed_cnn"})
  void of_network_knowsEveryShapeAsTheRuntimeDoes(String name) throws OrtException {
    assertAgrees(RandomNetwork.exported(name, name.equals("seed_cnn") ? 256 : 64), true);
  }

  @Test
  void of_changesOfShape_areThoseOfTheRuntime() throws OrtException {
    OnnxGraphBuilder b = new OnnxGraphBuilder("test");
    String x = b.input("x", OnnxGraphBuilder.BATCH, 4, 6, 9);
    String pooled =
        b.node(
            "pooled",
            OnnxNode.of("AveragePool", x)
                .with("kernel_shape", new int[] {3, 2})
                .with("strides", new int[] {2, 3})
                .with("pads", new int[] {1, 0, 1, 0}));
    String up =
        b.node(
            "up",
            OnnxNode.of("ConvTranspose", x, b.floats("w", new float[4 * 6], 4, 3, 1, 2))
                .with("group", 2));
    String split =
        b.node(
            "slice",
            OnnxNode.of(
                "Slice", x, b.integers("from", 1), b.integers("to", 3), b.integers("axes", 1)));
    String joined = b.node("joined", OnnxNode.of("Concat", split, x).with("axis", 1));
    String shape = b.node("shape", OnnxNode.of("Shape", joined));
    String batch = b.node("first", OnnxNode.of("Gather", shape, b.integers("zero", 0)));
    String wide = b.node("wide", OnnxNode.of("Unsqueeze", x, b.integers("ends", 0, -1)));
    String mean =
        b.node(
            "mean", OnnxNode.of("ReduceMean", x).with("axes", new int[] {-1}).with("keepdims", 0));
    String product =
        b.node("product", OnnxNode.of("MatMul", mean, b.floats("m", new float[30], 6, 5)));
    String flat = b.node("flat", OnnxNode.of("Reshape", product, b.integers("s", 0, -1)));
    String cast = b.node("cast", OnnxNode.of("Cast", flat).with("to", DataType.DOUBLE_VALUE));
    String less = b.node("less", OnnxNode.of("Less", pooled, b.scalar("k", 1)));
    String chosen = b.node("chosen", OnnxNode.of("Where", less, pooled, b.scalar("none", 0)));
    for (String end : new String[] {up, batch, wide, cast, chosen}) {
      b.output(end, end + "/out", 1);
    }
    ModelProto.Builder model = b.build().toBuilder();
    model.getGraphBuilder().getOutputBuilderList().forEach(ValueInfoProto.Builder::clearType);
    assertAgrees(model.build(), false);
  }

  @Test
  void of_productOfAFreeBatchAndOne_hasAFreeBatch() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("test");
    String x = b.input("x", OnnxGraphBuilder.BATCH, 10, 20);
    String w = b.floats("w", new float[20 * 30], 1, 20, 30);
    String one = b.node("one", OnnxNode.of("MatMul", x, w));
    b.output(b.node("same", OnnxNode.of("Relu", one)), "y", OnnxGraphBuilder.BATCH, 10, 30);

    assertThat(TensorTypes.of(OnnxGraph.of(b.build())).type("one").shape())
        .containsExactly(TensorType.FREE, 10L, 30L);
  }

  @Test
  void of_unknownOperator_isUnknownUnlessStated() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("test");
    String x = b.input("x", 1, 4);
    b.output(b.node("a", OnnxNode.of("Unheard", x)), "y", 1, 4);
    b.output(b.node("b", OnnxNode.of("Unheard", x)), "z", 1, 4);
    ModelProto.Builder model = b.build().toBuilder();
    model.getGraphBuilder().getOutputBuilder(1).clearType();

    TensorTypes types = TensorTypes.of(OnnxGraph.of(model.build()));

    assertThat(types.type("y")).isEqualTo(TensorType.of(DataType.FLOAT, java.util.List.of(1L, 4L)));
    assertThat(types.type("z")).isEqualTo(TensorType.UNKNOWN);
  }

  /** Compares wherever this library says something; nothing may be left open if so wished. */
  private static void assertAgrees(ModelProto model, boolean complete) throws OrtException {
    TensorTypes types = TensorTypes.of(OnnxGraph.of(model));
    ModelProto.Builder opened = model.toBuilder();
    for (NodeProto node : model.getGraph().getNodeList()) {
      String made = node.getOutput(0);
      if (!OnnxGraph.of(model).isOutput(made)) {
        opened.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(made));
      }
    }
    int compared = 0;
    try (OrtSession session =
        OrtEnvironment.getEnvironment().createSession(opened.build().toByteArray())) {
      for (NodeInfo output : session.getOutputInfo().values()) {
        TensorInfo info = (TensorInfo) output.getInfo();
        TensorType type = types.type(output.getName());
        if (complete || type.ranked()) {
          long[] expected = info.getShape();
          assertThat(type.shape().stream().mapToLong(Long::longValue).toArray())
              .as("%s: %s", output.getName(), Arrays.toString(expected))
              .satisfies(found -> assertThat(found).hasSameSizeAs(expected))
              .satisfies(
                  found -> {
                    for (int i = 0; i < found.length; i++) {
                      if (found[i] != TensorType.FREE) {
                        assertThat(found[i]).isEqualTo(expected[i]);
                      } else if (complete) {
                        assertThat(i).as("only the batch is open").isZero();
                      }
                    }
                  });
          compared++;
        }
        assertThat(info.onnxType.name()).endsWith("_" + type.element().name());
      }
    }
    assertThat(compared).isGreaterThan(5);
  }
}
