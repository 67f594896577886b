package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.food4j.models.onnx.OfficialChecker;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights that several operations read are integers once, where one scale for each fits all. */
class SharedWeightsTest {
  private static final int SIDE = 16;

  @TempDir private Path folder;

  private enum Form {
    STATIC(
        model ->
            StaticQuantizer.calibrated(model, StaticOptions.DEFAULT, samples(1), n -> {})
                .quantize()),
    DYNAMIC(model -> DynamicQuantizer.quantize(model, KeepFloat.NOTHING, false)),
    WEIGHTS(model -> new WeightQuantization(64, 35, node -> false).quantize(model).model());

    private final UnaryOperator<ModelProto> quantizer;

    Form(UnaryOperator<ModelProto> quantizer) {
      this.quantizer = quantizer;
    }
  }

  private static List<SampleBatch> samples(long seed) {
    return SmallNetworks.photos(4, SIDE, seed);
  }

  private static String random(OnnxGraphBuilder graph, String name, long... shape) {
    float[] values = new float[Math.toIntExact(OnnxTensors.count(shape))];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.3f;
    }
    return graph.floats(name, values, shape);
  }

  /** Photos through a kernel, pooled to a vector of 8. */
  private static String vector(OnnxGraphBuilder graph) {
    String photos = graph.input(SmallNetworks.INPUT, OnnxGraphBuilder.BATCH, 3, SIDE, SIDE);
    String stem = graph.node("stem", OnnxNode.of("Conv", photos, random(graph, "S", 8, 3, 1, 1)));
    String relu = graph.node("relu", OnnxNode.of("Relu", stem));
    String first = convolved(graph, "first", relu, random(graph, "W", 8, 8, 3, 3));
    String second = convolved(graph, "second", first, "W");
    String pooled = graph.node("pool", OnnxNode.of("GlobalAveragePool", second));
    return graph.node("flat", OnnxNode.of("Flatten", pooled).with("axis", 1));
  }

  private static String convolved(OnnxGraphBuilder graph, String name, String input, String w) {
    int[] padding = {1, 1, 1, 1};
    String sums = graph.node(name, OnnxNode.of("Conv", input, w).with("pads", padding));
    return graph.node(name + ".relu", OnnxNode.of("Relu", sums));
  }

  private static List<TensorProto> integers(ModelProto model) {
    return model.getGraph().getInitializerList().stream()
        .filter(t -> OnnxTensors.type(t) == DataType.INT8)
        .filter(t -> OnnxTensors.count(OnnxTensors.shape(t)) >= 64)
        .toList();
  }

  private ModelProto quantized(Form form, ModelProto model) throws Exception {
    ModelProto quantized = form.quantizer.apply(model);
    ReferenceAnswers reference = ReferenceAnswers.of(model, "out", samples(2), List.of());
    assertThat(reference.compare(quantized).decibels()).isBetween(20.0, 80.0);
    return quantized;
  }

  @ParameterizedTest
  @EnumSource
  void quantize_sharedKernel_isStoredOnce(Form form) throws Exception {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    graph.output(vector(graph), "out", OnnxGraphBuilder.BATCH, 8);

    ModelProto quantized = quantized(form, graph.build());

    assertThat(integers(quantized))
        .singleElement()
        .satisfies(kernel -> assertThat(kernel.getDimsList()).containsExactly(8L, 8L, 3L, 3L));
    if (form == Form.STATIC) {
      assertThat(FloatIslands.of(quantized).islands()) // each convolution fuses its own
          .noneMatch(island -> island.summary().contains("Conv"));
    }
    OfficialChecker.require();
    OfficialChecker.assertAccepts(quantized, folder);
  }

  @ParameterizedTest
  @EnumSource
  void quantize_matrixThatGemmAndMatMulShare_isStoredOnce(Form form) throws Exception {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String vector = vector(graph);
    String matrix = random(graph, "M", 8, 8);
    String gemm = graph.node("gemm", OnnxNode.of("Gemm", vector, matrix, random(graph, "bias", 8)));
    String relu = graph.node("gemm.relu", OnnxNode.of("Relu", gemm));
    graph.output(
        graph.node("last", OnnxNode.of("MatMul", relu, matrix)), "out", OnnxGraphBuilder.BATCH, 8);

    assertThat(integers(quantized(form, graph.build())))
        .extracting(TensorProto::getDimsCount)
        .containsExactlyInAnyOrder(4, 2);
  }

  /** Its channels are rows for one and columns for the other: scales that do not agree. */
  @ParameterizedTest
  @EnumSource
  void quantize_matrixAlongBothAxes_hasScalesOfEach(Form form) throws Exception {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String vector = vector(graph);
    String matrix = random(graph, "M", 8, 8);
    String gemm = graph.node("gemm", OnnxNode.of("Gemm", vector, matrix).with("transB", 1));
    String relu = graph.node("gemm.relu", OnnxNode.of("Relu", gemm));
    graph.output(
        graph.node("last", OnnxNode.of("MatMul", relu, matrix)), "out", OnnxGraphBuilder.BATCH, 8);

    ModelProto quantized = quantized(form, graph.build());

    boolean staysFloat = form == Form.WEIGHTS; // integers of each would take more than floats
    assertThat(integers(quantized)).hasSize(staysFloat ? 1 : 3);
    assertThat(OnnxGraph.of(quantized).initializer("M").isPresent()).isEqualTo(staysFloat);
  }

  @Test
  void quantizeWeights_equalUnderTwoNames_areStoredOnce() throws Exception {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    OnnxNode maps = OnnxNode.of("Unsqueeze", vector(graph), graph.integers("axes", 2, 3));
    String point = graph.node("point", maps);
    String last = convolved(graph, "third", point, random(graph, "V", 8, 8, 3, 3));
    graph.output(last, "out", OnnxGraphBuilder.BATCH, 8, 1, 1);

    assertThat(integers(quantized(Form.WEIGHTS, graph.build()))).hasSize(1);
  }
}
