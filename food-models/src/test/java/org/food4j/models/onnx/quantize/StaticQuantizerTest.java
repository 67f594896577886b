package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StaticQuantizerTest {
  private static final StaticOptions MINMAX =
      StaticOptions.DEFAULT.withCalibrator(Calibrator.MINMAX).withCorrectBias(false);

  @Test
  void quantize_convolution_computesAsIntegersByHand() {
    ModelProto model = SmallNetworks.convolution(new float[] {1.27f, -0.5f}, new float[] {0.1f, 0});
    SampleBatch samples = SampleBatch.of("input", new float[] {2.55f, 1}, 1, 1, 1, 2);
    ModelProto quantized =
        StaticQuantizer.calibrated(model, MINMAX, List.of(samples), n -> {}).quantize();

    // input: scale 0.01, zero point 0; kernels 127 at 0.01 and -127 at 0.5/127; bias 1000 at 0.0001
    OnnxGraph graph = OnnxGraph.of(quantized);
    assertThat(OnnxTensors.integers(graph.constant("W/quantized").orElseThrow()))
        .containsExactly(127, -127);
    assertThat(OnnxTensors.floats(graph.constant("W/scale").orElseThrow()))
        .containsExactly(new float[] {0.01f, 0.5f / 127}, within(1e-8f));
    assertThat(OnnxTensors.integers(graph.constant("b/quantized").orElseThrow())[0])
        .isEqualTo(1000);
    // relu: 0 to 1.27 * 2.55 + 0.1 = 3.3385, in 255 steps from 0
    float step = 3.3385f / 255;
    long first = Math.round((127 * 255 + 1000) * 1e-4 / step);
    long second = Math.round((127 * 100 + 1000) * 1e-4 / step);
    float[] found = SmallNetworks.run(quantized, samples);
    assertThat(found[0]).isCloseTo(first * step, within(step));
    assertThat(found[1]).isCloseTo(second * step, within(step));
    assertThat(found[2]).isCloseTo(0, within(1e-6f));
    assertThat(first).isEqualTo(255);
  }

  @Test
  void quantize_afterRelu_hasZeroPointZero() {
    ModelProto model = SmallNetworks.convolution(new float[] {1, -1}, new float[] {0, 0});
    SampleBatch samples = SampleBatch.of("input", new float[] {2, -1}, 1, 1, 1, 2);
    OnnxGraph graph =
        OnnxGraph.of(
            StaticQuantizer.calibrated(model, MINMAX, List.of(samples), n -> {}).quantize());

    NodeProto relu = graph.producer("relu").orElseThrow();
    assertThat(graph.producer(relu.getInput(0)).orElseThrow().getOpType()).isEqualTo("Conv");
    NodeProto quantize = graph.readers("relu").get(0);
    assertThat(quantize.getOpType()).isEqualTo("QuantizeLinear");
    assertThat(OnnxTensors.integers(graph.constant(quantize.getInput(2)).orElseThrow()))
        .containsExactly(0);
    NodeProto input = graph.readers("input").get(0);
    assertThat(OnnxTensors.integers(graph.constant(input.getInput(2)).orElseThrow()))
        .containsExactly(85);
  }

  @ParameterizedTest
  @CsvSource({"se_cnn, 64", "resnet18, 64"})
  void quantize_architecture_keepsTheAnswersAndFusesWhole(String name, int size)
      throws IOException {
    ModelProto model = SmallNetworks.architecture(name, 10, size);
    StaticQuantizer quantizer =
        StaticQuantizer.calibrated(
            model, StaticOptions.DEFAULT, SmallNetworks.photos(8, size, 1), n -> {});
    ModelProto quantized = quantizer.quantize();

    ReferenceAnswers reference =
        ReferenceAnswers.of(model, "logits", SmallNetworks.photos(8, size, 2), List.of());
    assertThat(reference.compare(quantizer.floatModel()).decibels()).isGreaterThan(80);
    assertThat(reference.compare(quantized).decibels()).isGreaterThan(25);
    FloatIslands islands = FloatIslands.of(quantized);
    assertThat(islands.islands()).isEmpty();
    assertThat(islands.conversions()).isEqualTo(1);
    assertThat(quantized.getSerializedSize()).isLessThan((int) (0.45 * model.getSerializedSize()));
    assertThat(OnnxGraph.of(quantized).domains()).containsExactly("");
  }

  @Test
  void quantize_siluNetwork_fusesWholeAndKeepsTheAnswersWhereMixed() throws IOException {
    ModelProto model = SmallNetworks.architecture("efficientnet_b0", 10, 64);
    List<SampleBatch> samples = SmallNetworks.photos(4, 64, 1);
    StaticQuantizer quantizer =
        StaticQuantizer.calibrated(model, StaticOptions.DEFAULT, samples, n -> {});
    assertThat(FloatIslands.of(quantizer.quantize()).islands()).isEmpty();

    ReferenceAnswers reference =
        ReferenceAnswers.of(model, "logits", SmallNetworks.photos(4, 64, 2), List.of());
    List<Sensitivity> sensitivities = Sensitivity.measure(quantizer, reference, n -> {});
    MixedModel mixed =
        MixedModel.search(quantizer, sensitivities, reference, f -> f.decibels() >= 25);
    assertThat(mixed.good()).isTrue();
    assertThat(mixed.fidelity().decibels()).isGreaterThanOrEqualTo(25);
    assertThat(mixed.keptFloat().size()).isLessThan(sensitivities.size());
  }

  @ParameterizedTest
  @EnumSource(NumberTypes.class)
  void quantize_types_keepTheAnswers(NumberTypes types) {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    StaticQuantizer quantizer =
        StaticQuantizer.calibrated(
            model, StaticOptions.DEFAULT.withTypes(types), SmallNetworks.photos(4, 32, 1), n -> {});
    ReferenceAnswers reference =
        ReferenceAnswers.of(model, "logits", SmallNetworks.photos(4, 32, 2), List.of());
    assertThat(reference.compare(quantizer.quantize()).decibels()).isGreaterThan(20);
  }

  @Test
  void quantize_kept_staysFloatByTypeAndName() throws IOException {
    ModelProto model = SmallNetworks.architecture("se_cnn", 4, 32);
    List<SampleBatch> samples = SmallNetworks.photos(2, 32, 1);
    KeepFloat keep = KeepFloat.of(Set.of("Gemm"), List.of("^stem"));
    ModelProto quantized =
        StaticQuantizer.calibrated(
                model, StaticOptions.DEFAULT.withKeepFloat(keep), samples, n -> {})
            .quantize();
    OnnxGraph graph = OnnxGraph.of(quantized);
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("Conv") || node.getOpType().equals("Gemm")) {
        boolean kept = node.getOpType().equals("Gemm") || node.getOutput(0).startsWith("stem");
        assertThat(graph.constant(node.getInput(1)).isPresent())
            .as(node.getOutput(0))
            .isEqualTo(kept);
      }
    }
    assertThat(FloatIslands.of(quantized).islands()).isNotEmpty();
  }

  @Test
  void quantize_outputInsideTheNetwork_keepsItsName() {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String input = builder.input("input", OnnxGraphBuilder.BATCH, 1, 2, 2);
    String weights = builder.floats("W", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
    OnnxNode same = OnnxNode.of("Conv", input, weights).with("pads", new int[] {1, 1, 1, 1});
    String features = builder.node("conv", same);
    OnnxNode again = OnnxNode.of("Conv", features, weights).with("pads", new int[] {1, 1, 1, 1});
    builder.output(features, "features", OnnxGraphBuilder.BATCH, 1, 2, 2);
    builder.output(builder.node("last", again), "last_out", OnnxGraphBuilder.BATCH, 1, 2, 2);
    ModelProto model = builder.build();
    SampleBatch samples = SampleBatch.of("input", new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
    ModelProto quantized =
        StaticQuantizer.calibrated(model, MINMAX, List.of(samples), n -> {}).quantize();

    assertThat(OnnxGraph.of(quantized).outputs()).containsExactly("features", "last_out");
    float[] expected = SmallNetworks.run(model, samples);
    float[] found = SmallNetworks.run(quantized, samples);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(0.02f * expected[i]));
    }
  }

  @Test
  void calibrated_unusable_saysWhatToDo() {
    ModelProto model = SmallNetworks.convolution(new float[] {1, 1}, new float[] {0, 0});
    SampleBatch samples = SampleBatch.of("input", new float[] {1, 2}, 1, 1, 1, 2);
    assertThatThrownBy(() -> StaticQuantizer.calibrated(model, MINMAX, List.of(), n -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs samples");
    ModelProto quantized =
        StaticQuantizer.calibrated(model, MINMAX, List.of(samples), n -> {}).quantize();
    assertThatThrownBy(
            () -> StaticQuantizer.calibrated(quantized, MINMAX, List.of(samples), n -> {}))
        .hasMessageContaining("quantised already");
    SampleBatch other = SampleBatch.of("pixels", new float[] {1, 2}, 1, 1, 1, 2);
    assertThatThrownBy(() -> StaticQuantizer.calibrated(model, MINMAX, List.of(other), n -> {}))
        .hasMessageContaining("[input]")
        .hasMessageContaining("[pixels]");
    SampleBatch broken = SampleBatch.of("input", new float[] {1, Float.NaN}, 1, 1, 1, 2);
    assertThatThrownBy(() -> StaticQuantizer.calibrated(model, MINMAX, List.of(broken), n -> {}))
        .hasMessageContaining("NaN");
  }

  @Test
  void calibrated_everythingKeptFloat_isRefused() {
    ModelProto model = SmallNetworks.convolution(new float[] {1, 1}, new float[] {0, 0});
    SampleBatch samples = SampleBatch.of("input", new float[] {1, 2}, 1, 1, 1, 2);
    StaticOptions none = MINMAX.withKeepFloat(KeepFloat.of(Set.of("Conv"), List.of()));

    assertThatThrownBy(() -> StaticQuantizer.calibrated(model, none, List.of(samples), n -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to quantise");
  }

  @Test
  void calibrated_infinityInside_keepsThatOperationFloat() {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String input = builder.input("input", OnnxGraphBuilder.BATCH, 1, 1, 2);
    String large = builder.floats("large", new float[] {3e38f}, 1, 1, 1, 1);
    String small = builder.floats("small", new float[] {1}, 1, 1, 1, 1);
    String bad = builder.node("bad", OnnxNode.of("Conv", input, large));
    String good = builder.node("good", OnnxNode.of("Conv", input, small));
    builder.output(bad, "bad_out", OnnxGraphBuilder.BATCH, 1, 1, 2);
    builder.output(good, "good_out", OnnxGraphBuilder.BATCH, 1, 1, 2);
    SampleBatch samples = SampleBatch.of("input", new float[] {1, 2}, 1, 1, 1, 2);
    ModelProto quantized =
        StaticQuantizer.calibrated(builder.build(), MINMAX, List.of(samples), n -> {}).quantize();

    OnnxGraph graph = OnnxGraph.of(quantized);
    assertThat(graph.initializer("large")).isPresent();
    assertThat(graph.initializer("small")).isEmpty();
    assertThat(graph.initializer("small/quantized")).isPresent();
  }

  @Test
  void calibrated_opset_isRaisedWhereNothingChangesItsMeaning() {
    ModelProto model = SmallNetworks.convolution(new float[] {1, 1}, new float[] {0, 0});
    SampleBatch samples = SampleBatch.of("input", new float[] {1, 2}, 1, 1, 1, 2);
    ModelProto old = withOpset(model, 11);
    ModelProto quantized =
        StaticQuantizer.calibrated(old, MINMAX, List.of(samples), n -> {}).quantize();
    assertThat(OnnxGraph.of(quantized).opset()).isEqualTo(13);
    assertThat(SmallNetworks.run(quantized, samples)).hasSize(4);

    assertThatThrownBy(
            () ->
                StaticQuantizer.calibrated(withOpset(model, 9), MINMAX, List.of(samples), n -> {}))
        .hasMessageContaining("opset 9, and quantisation needs 13");
  }

  @Test
  void correctedBias_takesOutWhatRoundingAddsOnAverage() {
    // 0.0151 and 0.0251 become 0.02 and 0.03 at a step of 0.01; 2.55 stays
    ModelProto model = SmallNetworks.convolution(new float[] {1, 0.5f}, new float[] {0, 0});
    List<SampleBatch> samples = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      float second = i == 0 ? 2.55f : 0.0251f;
      samples.add(SampleBatch.of("input", new float[] {0.0151f, second}, 1, 1, 1, 2));
    }
    double added = 0.0049 * 99 / 100;
    assertThat(biases(model, samples, MINMAX)).containsExactly(new double[] {0, 0}, within(1e-9));
    assertThat(biases(model, samples, MINMAX.withCorrectBias(true)))
        .containsExactly(new double[] {-added, -added / 2}, within(5e-5));
  }

  private static double[] biases(
      ModelProto model, List<SampleBatch> samples, StaticOptions options) {
    OnnxGraph graph =
        OnnxGraph.of(StaticQuantizer.calibrated(model, options, samples, n -> {}).quantize());
    long[] integers = OnnxTensors.integers(graph.constant("b/quantized").orElseThrow());
    float[] scales = OnnxTensors.floats(graph.constant("b/scale").orElseThrow());
    return new double[] {integers[0] * (double) scales[0], integers[1] * (double) scales[1]};
  }

  private static ModelProto withOpset(ModelProto model, int version) {
    ModelProto.Builder builder = model.toBuilder();
    builder.getOpsetImportBuilder(0).setVersion(version);
    return builder.build();
  }
}
