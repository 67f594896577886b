package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.PaddingRule;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsCardTest {
  private static final Path FILE = Path.of("some.safetensors");

  private static final Map<String, String> FULL =
      Map.ofEntries(
          Map.entry("format", "pt"),
          Map.entry("architecture", "efficientnet_b4"),
          Map.entry("layout", "timm"),
          Map.entry("padding", "same"),
          Map.entry("bn_eps", "0.001"),
          Map.entry("mean", "0.485,0.456, 0.406"),
          Map.entry("std", "0.229,0.224,0.225"),
          Map.entry("interpolation", "bicubic"),
          Map.entry("crop_fraction", "0.922"),
          Map.entry("input_size", "380"),
          Map.entry("num_classes", "1000"),
          Map.entry("identity_blocks", "features.7.1"),
          Map.entry("missing", "classifier.1.weight, features.7.1.block.0.0.weight,"));

  @Test
  void card_ofEveryKey_isTyped() throws WeightsException {
    WeightsCard card = WeightsCard.of(FILE, FULL);
    assertThat(card.architecture()).contains("efficientnet_b4");
    assertThat(card.layout()).contains(WeightLayout.TIMM);
    assertThat(card.padding()).contains(PaddingRule.SAME);
    assertThat(card.batchNormEps()).hasValue(0.001);
    assertThat(card.mean()).contains(List.of(0.485f, 0.456f, 0.406f));
    assertThat(card.std()).contains(List.of(0.229f, 0.224f, 0.225f));
    assertThat(card.interpolation()).contains(Interpolation.BICUBIC);
    assertThat(card.cropFraction()).hasValue(0.922);
    assertThat(card.preprocessing(380).resizeShorterSide()).isEqualTo(412);
    assertThat(card.inputSize()).hasValue(380);
    assertThat(card.classes()).hasValue(1000);
    assertThat(card.identityBlocks()).containsExactly("features.7.1");
    assertThat(card.missing())
        .containsExactlyInAnyOrder("classifier.1.weight", "features.7.1.block.0.0.weight");
  }

  @Test
  void metadata_ofACard_isReadAsTheSame() throws WeightsException {
    WeightsCard card = WeightsCard.of(FILE, FULL);
    assertThat(WeightsCard.of(FILE, card.metadata())).isEqualTo(card);
    assertThat(WeightsCard.EMPTY.metadata()).isEmpty();
    assertThat(WeightsCard.of(FILE, Map.of("format", "pt"))).isEqualTo(WeightsCard.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architecture | '  ' | network's name",
        "layout | torch | allowed are torchvision, timm, keras",
        "padding | valid | allowed are symmetric, same",
        "bn_eps | 0 | above 0",
        "bn_eps | small | not a number",
        "bn_eps | NaN | above 0",
        "mean | 0.5,0.5 | three numbers",
        "mean | 0.5,0.5,NaN | three numbers",
        "std | 1,1,0 | three numbers above 0",
        "std | 1,1, | not a number",
        "interpolation | lanczos | allowed are bilinear, bicubic",
        "crop_fraction | 0 | above 0 and up to 1",
        "crop_fraction | 87.5 | above 0 and up to 1",
        "crop_fraction | NaN | above 0 and up to 1",
        "input_size | 3.5 | not a number",
        "input_size | 0 | at least 1",
        "num_classes | -5 | at least one class",
      })
  void value_thatIsNotAllowed_isRefusedWithFileAndKey(String key, String value, String rule) {
    assertThatThrownBy(() -> WeightsCard.of(FILE, Map.of(key, value)))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("some.safetensors")
        .hasMessageContaining("metadata " + key + " '" + value + "'")
        .hasMessageContaining(rule);
  }

  @Test
  void values_thatAreNotAllowed_areListedAtOnce() {
    assertThatThrownBy(
            () -> WeightsCard.of(FILE, Map.of("padding", "x", "input_size", "0", "std", "1,1,1")))
        .hasMessageContaining("metadata padding 'x'")
        .hasMessageContaining("metadata input_size '0'");
  }

  @Test
  void orElse_anotherCard_fillsOnlyTheGaps() {
    WeightsCard file = WeightsCard.builder().inputSize(300).build();
    WeightsCard known =
        WeightsCard.builder().inputSize(380).classes(7).padding(PaddingRule.SAME).build();
    WeightsCard both = file.orElse(known);
    assertThat(both.inputSize()).isEqualTo(OptionalInt.of(300));
    assertThat(both.classes()).hasValue(7);
    assertThat(both.padding()).contains(PaddingRule.SAME);
    assertThat(both.mean()).isEmpty();
  }

  @Test
  void preprocessing_withoutACropsFraction_isTheUsual() {
    assertThat(WeightsCard.EMPTY.preprocessing(224)).isEqualTo(Preprocessing.imagenet(224));
  }

  @Test
  void identityBlocks_areOfTheirArchitectureOnly() {
    NetworkSpec spec = new NetworkSpec(3, 32);
    WeightsCard unnamed = WeightsCard.builder().identityBlocks(Set.of("features.7.1")).build();
    WeightsCard named = WeightsCard.builder().architecture("b4").build().orElse(unnamed);
    assertThat(unnamed.completed(spec, "b5").identityBlocks()).containsExactly("features.7.1");
    assertThat(named.completed(spec, "b4").identityBlocks()).containsExactly("features.7.1");
    assertThat(named.completed(spec, "b5").identityBlocks()).isEmpty();
  }

  @Test
  void card_ofRealWeights_saysHowTheyWereTrained() throws IOException {
    Path file =
        Path.of(System.getProperty("food4j.shared", "../shared"))
            .resolve("data/weights/efficientnet_b4_imagenet_partial_fp16.safetensors");
    Assumptions.assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
    Safetensors weights = Safetensors.open(file);
    assertThat(weights.names()).hasSize(607);
    WeightsCard card = weights.card();
    assertThat(card.architecture()).contains("efficientnet_b4");
    assertThat(card.padding()).contains(PaddingRule.SAME);
    assertThat(card.batchNormEps()).hasValue(1e-3);
    assertThat(card.identityBlocks()).containsExactly("features.7.1");
    assertThat(card.missing())
        .hasSize(3)
        .contains("classifier.1.weight")
        .doesNotContainAnyElementsOf(weights.names());
    Set<String> all = new HashSet<>(weights.names());
    all.addAll(card.missing());
    assertThat(all).isEqualTo(StateDicts.of("efficientnet_b4").keySet());
  }
}
