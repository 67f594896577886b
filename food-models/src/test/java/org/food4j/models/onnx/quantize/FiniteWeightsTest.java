package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FiniteWeightsTest {
  private static final int SIDE = 8;

  private enum Form {
    STATIC(
        (model, keep) ->
            StaticQuantizer.calibrated(
                    model,
                    StaticOptions.DEFAULT.withKeepFloat(keep),
                    SmallNetworks.photos(2, SIDE, 1),
                    n -> {})
                .quantize()),
    DYNAMIC((model, keep) -> DynamicQuantizer.quantize(model, keep, false)),
    WEIGHTS((model, keep) -> new WeightQuantization(1, 20, keep).quantize(model).model()),
    FLOAT16((model, keep) -> Float16Conversion.standard().keeping(keep).convert(model).model());

    private final BiFunction<ModelProto, KeepFloat, ModelProto> quantizer;

    /** Whether a bias is added in float32, as it was. */
    private final boolean keepsBias;

    Form(BiFunction<ModelProto, KeepFloat, ModelProto> quantizer) {
      this.quantizer = quantizer;
      keepsBias = name().equals("DYNAMIC") || name().equals("WEIGHTS");
    }
  }

  private static float[] ramp(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i % 7 - 3) * 0.1f;
    }
    return values;
  }

  /** A convolution, and beside it a matrix product with {@code value} in one of its tensors. */
  private static ModelProto with(String tensor, float value) {
    float[] matrix = ramp(SIDE * SIDE);
    float[] bias = ramp(SIDE);
    (tensor.equals("M") ? matrix : bias)[3] = value;
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String photos = graph.input(SmallNetworks.INPUT, OnnxGraphBuilder.BATCH, 3, SIDE, SIDE);
    String kernel = graph.floats("W", ramp(SIDE * 3), SIDE, 3, 1, 1);
    String conv = graph.node("conv", OnnxNode.of("Conv", photos, kernel));
    String pooled = graph.node("pool", OnnxNode.of("GlobalAveragePool", conv));
    String flat = graph.node("flat", OnnxNode.of("Flatten", pooled).with("axis", 1));
    String weights = graph.floats("M", matrix, SIDE, SIDE);
    String biases = graph.floats("b", bias, SIDE);
    String last = graph.node("fc", OnnxNode.of("Gemm", flat, weights, biases));
    graph.output(last, "out", OnnxGraphBuilder.BATCH, SIDE);
    graph.output(conv, "maps", OnnxGraphBuilder.BATCH, SIDE, SIDE, SIDE);
    return graph.build();
  }

  @ParameterizedTest
  @EnumSource
  void quantize_notFinite_isRefusedByName(Form form) {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (String tensor : List.of("M", "b")) {
        if (tensor.equals("b") && !Float.isNaN(value) && form.keepsBias) {
          continue;
        }
        assertThatThrownBy(() -> form.quantizer.apply(with(tensor, value), KeepFloat.NOTHING))
            .as("%s in %s", value, tensor)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(
                "1 of %d values of '%s' (Gemm 'fc')", tensor.equals("M") ? 64 : 8, tensor)
            .hasMessageContaining("earlier checkpoint")
            .hasMessageContaining("keep these operations float");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void quantize_notFiniteInWhatStaysFloat_isLeftAlone(Form form) {
    ModelProto model = with("M", Float.NaN);
    ModelProto quantized = form.quantizer.apply(model, KeepFloat.of(Set.of("Gemm"), List.of()));

    assertThat(OnnxGraph.of(quantized).constant("M")).isEqualTo(OnnxGraph.of(model).constant("M"));
    assertThat(OnnxGraph.of(quantized).initializer("W")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"DYNAMIC", "WEIGHTS"})
  void quantize_infiniteBiasThatStaysFloat_answersAsBefore(Form form) {
    ModelProto model = with("b", Float.NEGATIVE_INFINITY);
    SampleBatch photo = SmallNetworks.photos(1, SIDE, 1).get(0);

    float[] scores = SmallNetworks.run(form.quantizer.apply(model, KeepFloat.NOTHING), photo);
    assertThat(scores[3]).isEqualTo(Float.NEGATIVE_INFINITY);
    scores[3] = 0;
    float[] expected = SmallNetworks.run(model, photo);
    expected[3] = 0;
    assertThat(scores).containsExactly(expected, within(0.01f));
  }

  /** A convolution, its normalisation, a shift, and a product with constants on the left. */
  private static ModelProto normalized(String tensor, float value) {
    Map<String, float[]> constants =
        Map.of(
            "conv1.weight", ramp(SIDE * 3),
            "bn1.weight", ones(),
            "shift", ramp(SIDE),
            "left", ramp(SIDE * SIDE));
    constants.get(tensor)[3] = value;
    return normalized(constants);
  }

  private static ModelProto normalized(Map<String, float[]> constants) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String photos = graph.input(SmallNetworks.INPUT, OnnxGraphBuilder.BATCH, 3, SIDE, SIDE);
    String kernel = graph.floats("conv1.weight", constants.get("conv1.weight"), SIDE, 3, 1, 1);
    String conv = graph.node("conv1", OnnxNode.of("Conv", photos, kernel));
    String gamma = graph.floats("bn1.weight", constants.get("bn1.weight"), SIDE);
    String beta = graph.floats("bn1.bias", ramp(SIDE), SIDE);
    String mean = graph.floats("bn1.running_mean", new float[SIDE], SIDE);
    String variance = graph.floats("bn1.running_var", ones(), SIDE);
    String[] normalization = {conv, gamma, beta, mean, variance};
    String normal = graph.node("bn1", OnnxNode.of("BatchNormalization", normalization));
    String relu = graph.node("relu", OnnxNode.of("Relu", normal));
    String shift = graph.floats("shift", constants.get("shift"), 1, SIDE, 1, 1);
    String sum = graph.node("sum", OnnxNode.of("Add", relu, shift));
    String left = graph.floats("left", constants.get("left"), SIDE, SIDE);
    String product = graph.node("product", OnnxNode.of("MatMul", left, sum));
    graph.output(product, "out", OnnxGraphBuilder.BATCH, SIDE, SIDE, SIDE);
    return graph.build();
  }

  private static float[] ones() {
    float[] ones = new float[SIDE];
    Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @EnumSource
  void quantize_nanOutsideWeights_isRefusedToo(Form form) {
    Map<String, String> readers =
        Map.of(
            "conv1.weight", "1 of 24 values of 'conv1.weight' (Conv 'conv1')",
            "bn1.weight", "1 of 8 values of 'bn1.weight' (BatchNormalization 'bn1')",
            "shift", "1 of 8 values of 'shift' (Add 'sum')",
            "left", "1 of 64 values of 'left' (MatMul 'product')");
    readers.forEach(
        (tensor, named) ->
            assertThatThrownBy(
                    () -> form.quantizer.apply(normalized(tensor, Float.NaN), KeepFloat.NOTHING))
                .as(tensor)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN is among the weights: " + named + ". "));
  }

  @ParameterizedTest
  @EnumSource
  void quantize_infiniteWeightsBeforeNormalization_haveTheirNameInTheFile(Form form) {
    assertThatThrownBy(
            () ->
                form.quantizer.apply(
                    normalized("conv1.weight", Float.POSITIVE_INFINITY), KeepFloat.NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights: 1 of 24 values of 'conv1.weight' (Conv 'conv1'). ");
  }

  @ParameterizedTest
  @EnumSource
  void quantize_weightsThatNormalizationMakesInfinite_nameTheOperation(Form form) {
    float[] kernel = ramp(SIDE * 3);
    float[] gamma = ones();
    Arrays.fill(kernel, 3, 6, 0);
    kernel[4] = 1e30f;
    gamma[1] = 1e30f;
    ModelProto model =
        normalized(
            Map.of(
                "conv1.weight",
                kernel,
                "bn1.weight",
                gamma,
                "shift",
                ramp(SIDE),
                "left",
                ramp(SIDE * SIDE)));
    assertThatThrownBy(() -> form.quantizer.apply(model, KeepFloat.NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 of 24 weights of Conv '")
        .hasMessageContaining("folded into them");
  }

  @ParameterizedTest
  @EnumSource
  void quantize_infinityThatIsMeant_stays(Form form) {
    for (String tensor : List.of("bn1.weight", "shift", "left")) {
      if (form == Form.FLOAT16 && tensor.equals("left")) {
        continue; // becomes float16, as weights of a product do
      }
      ModelProto model = normalized(tensor, Float.NEGATIVE_INFINITY);
      OnnxGraph quantized = OnnxGraph.of(form.quantizer.apply(model, KeepFloat.NOTHING));
      String name = form == Form.FLOAT16 ? tensor + "/float16" : tensor;
      assertThat(OnnxTensors.floats(quantized.constant(name).orElseThrow()))
          .as(tensor)
          .contains(Float.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @CsvSource({"M, 70000", "b, -70000"})
  void convert_finiteBeyondFloat16_staysFloat32(String tensor, float value) {
    Float16Model converted = Float16Conversion.standard().convert(with(tensor, value));

    assertThat(converted.report().beyondRange()).containsExactly("out");
    assertThat(OnnxGraph.of(converted.model()).initializer(tensor)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void quantize_divergedNetwork_namesAFew(Form form) {
    ModelProto.Builder network = SmallNetworks.architecture("se_cnn", 4, 32).toBuilder();
    for (TensorProto.Builder tensor : network.getGraphBuilder().getInitializerBuilderList()) {
      if (tensor.getDataType() == DataType.FLOAT_VALUE && tensor.getDimsCount() == 4) {
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        Arrays.fill(values, Float.NaN);
        tensor.setRawData(
            OnnxTensors.floats("", values, OnnxTensors.shape(tensor.build())).getRawData());
      }
    }
    assertThatThrownBy(() -> form.quantizer.apply(network.build(), KeepFloat.NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("NaN is among .* and \\d+ more\\. .*");
  }
}
