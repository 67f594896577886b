package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.List;
import org.food4j.models.onnx.OnnxGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MixedModelTest {
  private static final int SIZE = 32;

  private static ModelProto model;
  private static StaticQuantizer quantizer;
  private static ReferenceAnswers reference;
  private static List<Sensitivity> sensitivities;

  @BeforeAll
  static void measure() {
    model = SmallNetworks.architecture("se_cnn", 4, SIZE);
    quantizer =
        StaticQuantizer.calibrated(
            model, StaticOptions.DEFAULT, SmallNetworks.photos(4, SIZE, 1), n -> {});
    reference =
        ReferenceAnswers.of(model, "logits", SmallNetworks.photos(4, SIZE, 2), List.of(0, 1, 2, 3));
    sensitivities = Sensitivity.measure(quantizer, reference, n -> {});
  }

  @Test
  void stretches_ofResidualNetwork_areItsBlocks() {
    List<Stretch> stretches = Stretch.of(OnnxGraph.of(quantizer.floatModel()));

    List<String> all = new ArrayList<>();
    stretches.forEach(stretch -> all.addAll(stretch.operations()));
    assertThat(all).doesNotHaveDuplicates();
    assertThat(all)
        .hasSameSizeAs(
            OnnxGraph.of(quantizer.floatModel()).nodes().stream()
                .filter(node -> node.getInputCount() > 0)
                .toList());
    // the convolutions of a block and its shortcut are in one stretch
    for (Stretch stretch : stretches) {
      boolean begun = stretch.operations().stream().anyMatch(o -> o.startsWith("stages.1.conv1"));
      boolean ended = stretch.operations().stream().anyMatch(o -> o.startsWith("stages.1.add"));
      boolean shortcut =
          stretch.operations().stream().anyMatch(o -> o.startsWith("stages.1.downsample"));
      assertThat(begun).isEqualTo(ended).isEqualTo(shortcut);
    }
    assertThat(stretches.size()).isBetween(4, 8);
  }

  @Test
  void measure_stretches_makeLessNoiseThanAllTogether() {
    double all = reference.compare(quantizer.quantize()).decibels();
    assertThat(sensitivities).hasSizeGreaterThan(3);
    assertThat(sensitivities).allSatisfy(s -> assertThat(s.cost()).isPositive());
    double largest = sensitivities.stream().mapToDouble(Sensitivity::noise).max().orElseThrow();
    assertThat(largest).isPositive().isLessThan(2 * Math.pow(10, -all / 10));
  }

  @Test
  void search_modestGoal_quantisesEverything() {
    MixedModel mixed =
        MixedModel.search(quantizer, sensitivities, reference, f -> f.decibels() > 10);
    assertThat(mixed.good()).isTrue();
    assertThat(mixed.keptFloat()).isEmpty();
    assertThat(mixed.model()).isEqualTo(quantizer.quantize());
  }

  @Test
  void search_higherGoal_keepsSomeStretchesFloatAndReachesIt() {
    double all = reference.compare(quantizer.quantize()).decibels();
    MixedModel mixed =
        MixedModel.search(quantizer, sensitivities, reference, f -> f.decibels() > all + 2);
    assertThat(mixed.good()).isTrue();
    assertThat(mixed.fidelity().decibels()).isGreaterThan(all + 2);
    assertThat(mixed.keptFloat()).isNotEmpty().hasSizeLessThanOrEqualTo(sensitivities.size());
    assertThat(sensitivities).containsAll(mixed.keptFloat());
  }

  @Test
  void search_impossibleGoal_saysSo() {
    MixedModel mixed = MixedModel.search(quantizer, sensitivities, reference, f -> false);
    assertThat(mixed.good()).isFalse();
    assertThat(mixed.fidelity().decibels()).isGreaterThan(80);
  }

  @Test
  void reference_comparedWithItself_isExact() {
    Fidelity fidelity = reference.compare(model);
    assertThat(fidelity.decibels()).isGreaterThan(100);
    assertThat(fidelity.agreement()).isEqualTo(1);
    assertThat(fidelity.lossPoints().orElseThrow()).isZero();
    List<SampleBatch> samples = SmallNetworks.photos(2, SIZE, 1);
    assertThat(ReferenceAnswers.of(model, "logits", samples, List.of()).compare(model).lossPoints())
        .isEmpty();
    assertThatThrownBy(() -> ReferenceAnswers.of(model, "logits", samples, List.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 answers and 1 labels");
  }

  @Test
  void noise_inDecibels_isTheFormula() {
    LogitNoise noise = new LogitNoise();
    noise.add(new float[] {3, -4}, new float[] {3, -3.5f});
    assertThat(noise.noiseToSignal()).isEqualTo(0.01);
    assertThat(noise.decibels()).isEqualTo(20);
    assertThatThrownBy(() -> noise.add(new float[1], new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
