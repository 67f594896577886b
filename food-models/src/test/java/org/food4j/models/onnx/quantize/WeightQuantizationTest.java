package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OfficialChecker;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.RandomNetwork;
import org.food4j.models.onnx.optimize.InputNoise;
import org.food4j.models.onnx.optimize.OutputParity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightQuantizationTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "efficientnet_b0", "resnet18"})
  void quantize_network_takesAQuarterAndKeepsTheAnswers(String name) {
    ModelProto model = RandomNetwork.exported(name, 64);

    WeightQuantizedModel quantized = WeightQuantization.standard().quantize(model);

    OutputParity parity = OutputParity.measure(model, quantized.model(), InputNoise.standard());
    assertThat(parity.within(0.1)).as(parity.toString()).isTrue();
    assertThat(parity.largest()).isPositive();
    assertThat((double) quantized.bytesAfter() / quantized.bytesBefore()).isBetween(0.24, 0.32);
    assertThat(quantized.leastDecibels()).isBetween(35.0, 60.0);
    assertThat(quantized.weights()).allMatch(QuantizedWeights::stored);
    assertThat(ModelHistory.of(quantized.model()).form()).isEqualTo("int8 weights");
  }

  @Test
  void quantize_network_passesTheOfficialChecker() throws Exception {
    OfficialChecker.require();

    OfficialChecker.assertAccepts(
        WeightQuantization.standard()
            .quantize(RandomNetwork.exported("efficientnet_b0", 64))
            .model(),
        folder);
  }

  private static ModelProto layers() {
    Random random = new Random(5);
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String x = builder.input("x", OnnxGraphBuilder.BATCH, 8, 6, 6);
    float[] up = values(random, 8 * 6 * 3 * 3);
    String conv =
        builder.node("up", OnnxNode.of("ConvTranspose", x, builder.floats("up.w", up, 8, 6, 3, 3)));
    String flat = builder.node("flat", OnnxNode.of("Flatten", conv).with("axis", 1));
    float[] rows = values(random, 384 * 10);
    String gemm =
        builder.node("fc", OnnxNode.of("Gemm", flat, builder.floats("fc.w", rows, 384, 10)));
    float[] last = values(random, 10 * 60);
    String product =
        builder.node("last", OnnxNode.of("MatMul", gemm, builder.floats("last.w", last, 10, 60)));
    builder.output(product, "y", OnnxGraphBuilder.BATCH, 60);
    return builder.build();
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 0.1f;
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"up.w, 1, 6", "fc.w, 1, 10", "last.w, 1, 60"})
  void quantize_operators_scaleTheirOutputs(String weights, long axis, int channels) {
    ModelProto model = layers();

    WeightQuantizedModel quantized = new WeightQuantization(1, 35, node -> false).quantize(model);

    OnnxGraph graph = OnnxGraph.of(quantized.model());
    var node = graph.producer(weights + "/dequantized").orElseThrow();
    assertThat(node.getAttribute(0).getI()).isEqualTo(axis);
    assertThat(OnnxTensors.floats(graph.constant(weights + "/scale").orElseThrow()))
        .hasSize(channels);
    float[] scales = OnnxTensors.floats(graph.constant(weights + "/scale").orElseThrow());
    float[] real = OnnxTensors.floats(OnnxGraph.of(model).constant(weights).orElseThrow());
    var stored = graph.constant(weights + "/int8").orElseThrow();
    assertThat(OnnxTensors.type(stored)).isEqualTo(DataType.INT8);
    long[] integers = OnnxTensors.integers(stored);
    int inner = real.length / Math.toIntExact(stored.getDims(0)) / channels;
    for (int i = 0; i < real.length; i++) {
      float scale = scales[i / inner % channels];
      assertThat(Math.abs(integers[i] * scale - real[i])).isLessThanOrEqualTo(scale * 0.5001f);
    }
    assertThat(OutputParity.measure(model, quantized.model(), InputNoise.standard()).within(0.05))
        .isTrue();
  }

  @Test
  void quantize_ratioThatInt8CannotReach_isRefused() {
    assertThatThrownBy(() -> new WeightQuantization(1, 90, node -> false).quantize(layers()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("90 dB");
  }

  @Test
  void quantize_keptOperation_staysFloat() {
    WeightQuantizedModel quantized =
        new WeightQuantization(1, 35, node -> node.getOpType().equals("Gemm")).quantize(layers());

    assertThat(quantized.weights())
        .extracting(QuantizedWeights::name)
        .containsExactly("up.w", "last.w");
  }

  @Test
  void quantize_oldOpset_isRefused() {
    ModelProto.Builder old = layers().toBuilder();
    old.getOpsetImportBuilder(0).setVersion(12);

    assertThatThrownBy(() -> WeightQuantization.standard().quantize(old.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("opset 13")
        .hasMessageContaining("12");
  }

  @Test
  void quantize_quantizedModel_isSentToItsFloat32One() {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    List<ModelProto> forms =
        List.of(
            WeightQuantization.standard().quantize(model).model(),
            DynamicQuantizer.quantize(model, KeepFloat.NOTHING, false));

    for (ModelProto quantized : forms) {
      assertThatThrownBy(() -> WeightQuantization.standard().quantize(quantized))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is quantised already (operation '")
          .hasMessageContaining("quantise the float32 model that it was made of");
    }
  }
}
