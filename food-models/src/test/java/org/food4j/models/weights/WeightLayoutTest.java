package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.food4j.data.file.Sha256;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightLayoutTest {
  /** {@code timm_names.py}: both projects' networks, run side by side. */
  @Tag("reference")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "resnet50",
        "se_resnet50",
        "efficientnet_b0",
        "efficientnet_b4",
        "efficientnet_v2_s",
        "mobilenet_v3_large",
        "mobilenet_v3_small",
        "vgg16",
        "vgg16_bn",
      })
  void names_ofTimm_areThoseOfItsNetworks(String network) throws IOException {
    JsonNode reference;
    try (InputStream json = WeightLayoutTest.class.getResourceAsStream("timm_names.json")) {
      reference = new JsonMapper().readTree(json).get(network);
    }
    Map<String, long[]> tensors = StateDicts.of(network);
    TensorNames names = WeightLayout.TIMM.names(tensors, Set.of());
    assertThat(tensors).hasSize(reference.get("tensors").asInt());
    String pairs =
        tensors.keySet().stream()
            .map(tensor -> tensor + " " + names.inFile(tensor) + "\n")
            .sorted()
            .collect(Collectors.joining());
    assertThat(Sha256.of(pairs.getBytes(StandardCharsets.UTF_8)))
        .as(pairs)
        .isEqualTo(reference.get("sha256").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "efficientnet_b0, features.1.0.block.0.0.weight, blocks.0.0.conv_dw.weight",
    "efficientnet_b0, features.1.0.block.1.fc2.bias, blocks.0.0.se.conv_expand.bias",
    "efficientnet_b0, features.2.1.block.3.1.running_var, blocks.1.1.bn3.running_var",
    "efficientnet_b0, features.8.0.weight, conv_head.weight",
    "efficientnet_v2_s, features.1.1.block.0.1.weight, blocks.0.1.bn1.weight",
    "efficientnet_v2_s, features.2.0.block.1.0.weight, blocks.1.0.conv_pwl.weight",
    "mobilenet_v3_large, features.16.0.weight, blocks.6.0.conv.weight",
    "mobilenet_v3_small, features.1.block.1.fc1.weight, blocks.0.0.se.conv_reduce.weight",
    "vgg16, classifier.3.bias, pre_logits.fc2.bias",
    "se_resnet50, layer1.0.se.fc1.weight, layer1.0.se.fc1.weight",
  })
  void names_ofTimm_forOneTensor(String network, String tensor, String expected) {
    TensorNames names = WeightLayout.TIMM.names(StateDicts.of(network), Set.of());
    assertThat(names.inFile(tensor)).isEqualTo(expected);
  }

  /** A block that is the identity has no tensors. */
  @ParameterizedTest
  @CsvSource({
    // the network, a block that it lacks, where it would be, a later tensor, its name
    "mobilenet_v3_large, features.8, blocks.3.1., features.10.block.0.0.weight, blocks.3.3.conv_pw",
    "mobilenet_v3_large, features.10, blocks.3.3., features.11.block.0.0.weight, blocks.4.0.conv_pw",
    "mobilenet_v3_large, features.1, blocks.0.0., features.3.block.0.0.weight, blocks.1.1.conv_pw",
    "mobilenet_v3_large, features.15, blocks.5.2., features.16.0.weight, blocks.6.0.conv",
    "efficientnet_b0, features.6.2, blocks.5.2., features.6.3.block.0.0.weight, blocks.5.3.conv_pw",
    "resnet18, layer1.1, layer1.1., layer2.0.conv1.weight, layer2.0.conv1",
  })
  void names_ofTimmWithoutABlock_areThoseOfTheWholeNetwork(
      String network, String block, String prefix, String later, String expected) {
    Map<String, long[]> tensors = StateDicts.of(network);
    Set<String> whole = new HashSet<>();
    TensorNames wholeNames = WeightLayout.TIMM.names(tensors, Set.of());
    tensors.keySet().forEach(tensor -> whole.add(wholeNames.inFile(tensor)));
    tensors.keySet().removeIf(tensor -> tensor.startsWith(block + "."));
    TensorNames names = WeightLayout.TIMM.names(tensors, Set.of());
    assertThat(names.prefixInFile(block))
        .isEqualTo(prefix)
        .isEqualTo(wholeNames.prefixInFile(block));
    assertThat(names.inFile(later)).isEqualTo(expected + ".weight");
    whole.removeIf(tensor -> tensor.startsWith(prefix));
    assertThat(tensors.keySet())
        .extracting(names::inFile)
        .containsExactlyInAnyOrderElementsOf(whole);
  }

  @Test
  void prefix_ofKerasBlocks_isThatOfTheirLayers() {
    TensorNames names = WeightLayout.KERAS.names(StateDicts.of("resnet50"), Set.of());
    assertThat(names.prefixInFile("layer4.2")).isEqualTo("conv5_block3_");
    assertThat(names.inFile("layer4.2.conv3.weight")).startsWith("conv5_block3_");
  }

  /** The names of {@code keras.applications}, version 2.11. */
  @ParameterizedTest
  @CsvSource({
    "vgg16, features.0.weight, block1_conv1.kernel",
    "vgg16, features.7.bias, block2_conv2.bias",
    "vgg16, features.28.weight, block5_conv3.kernel",
    "vgg16, classifier.0.weight, fc1.kernel",
    "vgg16, classifier.6.bias, predictions.bias",
    "resnet50, conv1.weight, conv1_conv.kernel",
    "resnet50, bn1.running_var, conv1_bn.moving_variance",
    "resnet50, layer1.0.downsample.0.weight, conv2_block1_0_conv.kernel",
    "resnet50, layer1.0.downsample.1.weight, conv2_block1_0_bn.gamma",
    "resnet50, layer4.2.conv3.weight, conv5_block3_3_conv.kernel",
    "resnet50, layer3.5.bn2.bias, conv4_block6_2_bn.beta",
    "resnet50, fc.weight, probs.kernel",
  })
  void names_ofKeras_forOneTensor(String network, String tensor, String expected) {
    TensorNames names =
        WeightLayout.KERAS.names(StateDicts.of(network), Set.of("probs.kernel", "probs.bias"));
    assertThat(names.inFile(tensor)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "conv_stem.weight, TIMM",
    "head.fc.weight, TIMM",
    "conv1_conv.kernel, KERAS",
    "features.0.0.weight, TORCHVISION",
    "layer1.0.conv1.weight, TORCHVISION",
  })
  void of_names_findsTheLayout(String name, WeightLayout expected) {
    assertThat(WeightLayout.of(Set.of(name, "blocks.x"))).isEqualTo(expected);
  }

  @Test
  void names_ofTimmForAnUnknownNetwork_areItsOwn() {
    TensorNames names =
        WeightLayout.TIMM.names(Map.of("stem.0.weight", new long[] {8, 3, 3, 3}), Set.of());
    assertThat(names.inFile("stem.0.weight")).isEqualTo("stem.0.weight");
  }
}
