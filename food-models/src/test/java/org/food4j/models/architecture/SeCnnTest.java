package org.food4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.analysis.Macs;
import org.food4j.models.verify.LogitsCheck;
import org.food4j.models.weights.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeCnnTest {
  private static final Architecture SE_CNN = Architectures.named("se_cnn");

  @TempDir Path folder;

  @Test
  void macs_ofTheStem_areCountedByHand() {
    ComputationGraph graph = SE_CNN.graph(new NetworkSpec(34, 64), 1);
    assertThat(Macs.byVertex(graph, 64))
        .containsEntry("stem.0", 32L * 32 * 32 * 3 * 9)
        .containsEntry("stages.0.downsample.0", 16L * 16 * 64 * 32)
        .containsEntry("stages.0.se.fc1", 64L * 4)
        .containsEntry("fc", 256L * 34);
  }

  @Test
  void logits_ofChangedWeights_differ() throws Exception {
    Path weights = writeFixture();
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= (byte) 0x80; // the sign of the last bias
    Files.write(weights, bytes);
    assertThat(check().relative()).isGreaterThan(1e-3);
  }

  @Test
  void weights_ofAnotherClassCount_areRefusedWithBothShapes() throws Exception {
    Path weights = writeFixture();
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

  /** Returns the weights' file. */
  private Path writeFixture() throws IOException {
    FormulaWeights fixture = FormulaWeights.of("se_cnn");
    fixture.cases().get(0).write(folder);
    Path weights = folder.resolve("weights.safetensors");
    fixture.write(weights);
    return weights;
  }

  private LogitsCheck check() throws IOException {
    return LogitsCheck.run(
        SE_CNN,
        folder.resolve("weights.safetensors"),
        folder.resolve("input.npy"),
        folder.resolve("logits.npy"));
  }
}
