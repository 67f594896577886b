package org.food4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.food4j.models.analysis.Macs;
import org.food4j.models.analysis.Parameters;
import org.food4j.models.weights.LogitsCheck;
import org.food4j.models.weights.WeightsException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SeCnnTest {
  private static final Architecture SE_CNN = Architectures.named("se_cnn");

  @TempDir Path folder;

  @Test
  void parameters_with34Classes_equalThePeers() {
    ComputationGraph graph = SE_CNN.graph(new NetworkSpec(34, 64), 1);
    assertThat(Parameters.trainable(graph)).isEqualTo(2_482_990);
    assertThat(graph.numParams()).isGreaterThan(2_482_990); // DL4J counts running statistics
  }

  @Test
  void macs_ofTheStem_areCountedByHand() {
    ComputationGraph graph = SE_CNN.graph(new NetworkSpec(34, 64), 1);
    assertThat(Macs.byVertex(graph, 64))
        .containsEntry("stem.0", 32L * 32 * 32 * 3 * 9)
        .containsEntry("stages.0.downsample.0", 16L * 16 * 64 * 32)
        .containsEntry("stages.0.se.fc1", 64L * 4)
        .containsEntry("fc", 256L * 34);
  }

  @Tag("reference")
  @ParameterizedTest
  @ValueSource(ints = {64, 71})
  void logits_ofFormulaWeights_equalPyTorchs(int size) throws Exception {
    FormulaWeights fixture = FormulaWeights.read("se_cnn_" + size + ".json");
    fixture.write(folder);
    LogitsCheck check = check();
    assertThat(check.spread())
        .isCloseTo(fixture.spread(), org.assertj.core.data.Offset.offset(1e-6));
    assertThat(check.relative()).isLessThan(1e-4);
  }

  @Test
  void logits_ofChangedWeights_differ() throws Exception {
    FormulaWeights fixture = FormulaWeights.read("se_cnn_64.json");
    fixture.write(folder);
    Path weights = folder.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= (byte) 0x80; // the sign of the last bias
    Files.write(weights, bytes);
    assertThat(check().relative()).isGreaterThan(1e-3);
  }

  @Test
  void weights_ofAnotherClassCount_areRefusedWithBothShapes() throws Exception {
    FormulaWeights fixture = FormulaWeights.read("se_cnn_64.json");
    fixture.write(folder);
    Path weights = folder.resolve("weights.safetensors");
    String header = new String(Files.readAllBytes(weights), StandardCharsets.ISO_8859_1);
    Files.write(
        weights,
        header
            .replace("\"stages.0.se.fc1.bias\"", "\"stages.0.se.fcX.bias\"")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(this::check)
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("stages.0.se.fcX.bias is in the file and not in the network")
        .hasMessageContaining("stages.0.se.fc1.bias is in the network and not in the file");
  }

  @Test
  void graph_savedAndLoaded_computesTheSame() throws Exception {
    ComputationGraph graph = SE_CNN.graph(new NetworkSpec(5, 64), 3);
    Path file = folder.resolve("graph.zip");
    ModelSerializer.writeModel(graph, file.toFile(), false);
    INDArray photos = Nd4j.rand(DataType.FLOAT, 2, 3, 64, 64);
    INDArray expected = graph.outputSingle(photos).dup();
    assertThat(ModelSerializer.restoreComputationGraph(file.toFile()).outputSingle(photos))
        .isEqualTo(expected);
  }

  private LogitsCheck check() throws java.io.IOException {
    return LogitsCheck.run(
        SE_CNN,
        folder.resolve("weights.safetensors"),
        folder.resolve("input.npy"),
        folder.resolve("logits.npy"));
  }
}
