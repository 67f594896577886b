package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
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

    Form(BiFunction<ModelProto, KeepFloat, ModelProto> quantizer) {
      this.quantizer = quantizer;
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
        .hasMessageMatching("NaN or infinity is among .* and \\d+ more\\. .*");
  }
}
