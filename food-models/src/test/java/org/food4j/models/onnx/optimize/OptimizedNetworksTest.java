package org.food4j.models.onnx.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OfficialChecker;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.RandomNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole networks, as they are exported, through all passes. */
class OptimizedNetworksTest {
  private static final ModelCard CARD =
      ModelCard.of(
          Labels.of(List.of("bread", "pizza", "rice", "salad", "soup")),
          Preprocessing.imagenet(64));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "attention_cnn", "efficientnet_b0", "resnet18"})
  void optimize_network_computesTheSameWithoutBatchNormalization(String name) {
    ModelProto model = RandomNetwork.exported(name, 64);

    OptimizedModel optimized = GraphOptimizer.standard().optimize(model);

    OutputParity parity = OutputParity.measure(model, optimized.model(), InputNoise.standard());
    assertThat(parity.within(2e-5)).as(parity.toString()).isTrue();
    OptimizationReport report = optimized.report();
    assertThat(report.operatorsBefore()).containsKey("BatchNormalization");
    assertThat(report.operatorsAfter()).doesNotContainKey("BatchNormalization");
    assertThat(report.changes().get("fold normalisation"))
        .isEqualTo(report.operatorsBefore().get("BatchNormalization"));
    assertThat(report.bytesAfter()).isLessThan(report.bytesBefore());
    assertThat(GraphOptimizer.standard().optimize(optimized.model()).report().changes().values())
        .containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"attention_cnn", "efficientnet_b0"})
  void optimize_network_passesTheOfficialChecker(String name) throws Exception {
    OfficialChecker.require();
    ModelProto model = OnnxModelFile.withCard(RandomNetwork.exported(name, 64), CARD);

    OfficialChecker.assertAccepts(GraphOptimizer.standard().optimize(model).model(), folder);
  }

  @ParameterizedTest
  @EnumSource(RuntimeLevel.class)
  void optimize_byTheRuntime_keepsAnswersAndMetadata(RuntimeLevel level) throws Exception {
    ModelProto model = OnnxModelFile.withCard(RandomNetwork.exported("se_cnn", 64), CARD);

    OptimizedModel optimized = RuntimeOptimizer.optimize(model, level);

    OutputParity parity = OutputParity.measure(model, optimized.model(), InputNoise.standard());
    assertThat(parity.within(OutputParity.TOLERANCE)).as(parity.toString()).isTrue();
    assertThat(optimized.model().getMetadataPropsList()).containsAll(model.getMetadataPropsList());
    assertThat(ModelHistory.of(optimized.model()).steps())
        .containsExactly("optimize --level " + level.key());
    assertThat(optimized.report().nodesAfter()).isLessThan(optimized.report().nodesBefore());
    assertThat(optimized.report().operatorsAfter().keySet().stream().anyMatch(o -> o.contains(".")))
        .isEqualTo(level != RuntimeLevel.BASIC);
  }

  @Test
  void table_ofAReport_listsPassesOperatorsAndSizes() {
    OptimizedModel optimized =
        GraphOptimizer.standard().optimize(RandomNetwork.exported("se_cnn", 32));

    assertThat(optimized.report().table())
        .contains("fold normalisation", "BatchNormalization", "nodes", "bytes")
        .doesNotContain("merge transposes");
  }
}
