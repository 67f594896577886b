package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.Test;

class DynamicQuantizerTest {
  @Test
  void quantize_fullyConnected_computesAsIntegersByHand() {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String input = builder.input("input", OnnxGraphBuilder.BATCH, 2);
    String weights = builder.floats("W", new float[] {1.27f, 0.5f, -0.254f, 1}, 2, 2);
    String bias = builder.floats("b", new float[] {0.5f, -1}, 2);
    OnnxNode gemm = OnnxNode.of("Gemm", input, weights, bias).with("transB", 1);
    builder.output(builder.node("fc", gemm), "logits", OnnxGraphBuilder.BATCH, 2);
    ModelProto quantized = DynamicQuantizer.quantize(builder.build(), KeepFloat.NOTHING, false);

    float[] found =
        SmallNetworks.run(quantized, SampleBatch.of("input", new float[] {2.55f, 0.5f}, 1, 2));

    // input at 0.01 from 0: 255, 50; rows (127, 50) at 0.01 and (-32, 127) at 1/127
    assertThat(found[0]).isCloseTo((127 * 255 + 50 * 50) * 1e-4f + 0.5f, within(1e-5f));
    assertThat(found[1]).isCloseTo((-32 * 255 + 127 * 50) * 0.01f / 127 - 1, within(1e-5f));
  }

  @Test
  void quantize_architecture_keepsTheAnswersInTheStandardDomain() {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    ModelProto quantized = DynamicQuantizer.quantize(model, KeepFloat.NOTHING, false);

    ReferenceAnswers reference =
        ReferenceAnswers.of(model, "logits", SmallNetworks.photos(4, 32, 2), List.of());
    assertThat(reference.compare(quantized).decibels()).isGreaterThan(25);
    assertThat(quantized.getSerializedSize()).isLessThan(model.getSerializedSize() / 3);
    assertThat(OnnxGraph.of(quantized).domains()).containsExactly("");
    assertThat(operators(quantized))
        .contains("ConvInteger", "MatMulInteger")
        .doesNotContain("Conv", "Gemm");
  }

  @Test
  void quantize_kept_staysFloat() {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    KeepFloat keep = KeepFloat.of(Set.of("Conv"), List.of());
    assertThat(operators(DynamicQuantizer.quantize(model, keep, true)))
        .contains("Conv", "MatMulInteger")
        .doesNotContain("ConvInteger");
  }

  @Test
  void quantize_nothingLeftToQuantize_isRefused() {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    ModelProto half = Float16Conversion.standard().convert(model).model();
    KeepFloat all = KeepFloat.of(Set.of("Conv", "Gemm", "MatMul"), List.of());

    assertThatThrownBy(() -> DynamicQuantizer.quantize(half, KeepFloat.NOTHING, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to quantise");
    assertThatThrownBy(() -> DynamicQuantizer.quantize(model, all, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to quantise");
  }

  @Test
  void quantize_integersInside_isRefused() {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    ModelProto dynamic = DynamicQuantizer.quantize(model, KeepFloat.NOTHING, false);
    ModelProto weights = WeightQuantization.standard().quantize(model).model();

    for (ModelProto quantized : List.of(dynamic, weights)) {
      assertThatThrownBy(() -> DynamicQuantizer.quantize(quantized, KeepFloat.NOTHING, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("quantised already");
    }
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(node -> node.getOpType()).toList();
  }
}
