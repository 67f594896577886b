package org.food4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.food4j.models.verify.LogitsCheck;
import org.food4j.models.weights.ImportReport;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.WeightImport;
import org.food4j.models.weights.WeightImportOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch's logits of formula weights, met by DL4J and by the exported ONNX model. */
@Tag("reference")
class FormulaLogitsTest {
  @TempDir Path folder;

  /** {@code efficientnet_b0_same}: padding, eps and a block's identity are the file's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "se_cnn",
        "attention_cnn",
        "seed_cnn",
        "resnet18",
        "resnet50",
        "eca_resnet50",
        "cbam_resnet50",
        "mobilenet_v3_small",
        "efficientnet_b0",
        "efficientnet_b0_same",
        "efficientnet_v2_s"
      })
  void tensorsAndLogits_ofFormulaWeights_equalPyTorchs(String name) throws IOException {
    FormulaWeights fixture = FormulaWeights.of(name);
    Architecture architecture = fixture.architecture();
    Path weights = folder.resolve("weights.safetensors");
    fixture.write(weights);
    requireAllTensors(fixture, Safetensors.open(weights));
    for (FormulaWeights.Case each : fixture.cases()) {
      each.write(folder);
      LogitsCheck check =
          LogitsCheck.run(
              architecture, weights, folder.resolve("input.npy"), folder.resolve("logits.npy"));
      assertThat(check.spread()).isCloseTo(each.spread(), offset(1e-5 * each.spread()));
      assertThat(check.relative()).as("DL4J, %d pixels", each.size()).isLessThan(1e-4);
      assertThat(check.onnxRelative()).as("ONNX, %d pixels", each.size()).isLessThan(1e-4);
    }
  }

  private static void requireAllTensors(FormulaWeights fixture, Safetensors file)
      throws IOException {
    Architecture architecture = fixture.architecture();
    int size = fixture.cases().get(0).size();
    NetworkSpec spec =
        file.card().completed(new NetworkSpec(fixture.classes(), size), architecture.name());
    ComputationGraphConfiguration network =
        architecture
            .configure(new NeuralNetConfiguration.Builder(), spec)
            .setOutputs(architecture.logits())
            .build();
    ImportReport report = new WeightImport(WeightImportOptions.STRICT).check(file, network);
    Set<String> found = new HashSet<>(report.matched());
    found.addAll(report.identity());
    assertThat(found).isEqualTo(fixture.tensors().keySet());
    assertThat(report.reshaped()).as("shapes that are not PyTorch's").isEmpty();
    assertThat(report.missing()).isEmpty();
  }
}
