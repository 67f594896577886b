package org.food4j.models.weights.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.weights.WeightLayout;
import org.junit.jupiter.api.Test;

class PublicCatalogueTest {
  @Test
  void entries_all_sayWhatTheirNetworkNeeds() {
    assertThat(PublicCatalogue.all())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            weights -> {
              var card = weights.card();
              assertThat(card.layout()).contains(WeightLayout.TIMM);
              assertThat(card.architecture()).contains(weights.architecture());
              assertThat(card.mean()).isPresent();
              assertThat(card.std()).isPresent();
              assertThat(card.interpolation()).isPresent();
              assertThat(card.inputSize()).isPresent();
              assertThat(card.classes()).hasValue(1000);
              // in timm, TensorFlow's weights are those whose names begin so
              boolean tensorFlow = weights.name().startsWith("tf_");
              assertThat(card.padding())
                  .contains(tensorFlow ? PaddingRule.SAME : PaddingRule.SYMMETRIC);
              assertThat(card.batchNormEps()).hasValue(tensorFlow ? 1e-3 : 1e-5);
              assertThat(weights.licence()).isNotBlank();
              assertThat(weights.verified()).isFalse();
            })
        .extracting(PublicWeights::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void address_ofAnEntry_followsTheHubsScheme() {
    PublicWeights weights = PublicCatalogue.named("tf_efficientnet_b4.ns_jft_in1k");
    assertThat(weights.address(CacheSettings.HUB))
        .hasToString(
            "https://huggingface.co/timm/tf_efficientnet_b4.ns_jft_in1k/resolve/main/model.safetensors");
    assertThat(weights.address(URI.create("http://mirror:8080/hf/")))
        .hasToString(
            "http://mirror:8080/hf/timm/tf_efficientnet_b4.ns_jft_in1k/resolve/main/model.safetensors");
    assertThat(weights.card().preprocessing(380).resizeShorterSide()).isEqualTo(412);
  }

  @Test
  void named_byANetwork_isItsFirstEntry() {
    assertThat(PublicCatalogue.named("resnet50").name()).isEqualTo("resnet50.a1_in1k");
    assertThat(PublicCatalogue.of("efficientnet_b4")).hasSize(3);
    assertThat(PublicCatalogue.of("se_cnn")).isEmpty();
  }

  @Test
  void named_unknown_isRefusedWithTheKnownOnesAndTheReason() {
    assertThatThrownBy(() -> PublicCatalogue.named("eca_resnet50"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no public weights 'eca_resnet50' (timm's ECA-ResNets")
        .hasMessageContaining("resnet18.a1_in1k, ");
  }

  @Test
  void entry_thatIsNoFileName_isRefused() {
    PublicWeights any = PublicCatalogue.all().get(0);
    for (String name : List.of("../x", "", "a/b", ".x")) {
      assertThatThrownBy(() -> new PublicWeights(name, "x", "timm/x", "mit", any.card(), false, ""))
          .hasMessageContaining("'" + name + "'");
    }
  }
}
