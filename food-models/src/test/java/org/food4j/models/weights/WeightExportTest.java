package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.FormulaWeights;
import org.food4j.models.architecture.NetworkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightExportTest {
  private static final WeightsCard CARD =
      WeightsCard.builder().architecture("se_cnn").inputSize(64).classes(5).build();

  @TempDir Path folder;

  @Test
  void file_ofANetwork_loadsIntoAnotherThatComputesTheSame() throws IOException {
    ComputationGraph saved = network(1);
    Path file = folder.resolve("se_cnn.safetensors");
    WeightExport.save(saved, file, CARD);
    Safetensors written = Safetensors.open(file);
    assertThat(written.metadata()).containsEntry("format", "pt").containsEntry("num_classes", "5");
    assertThat(written.card()).isEqualTo(CARD.orElse(card(WeightLayout.TORCHVISION)));
    assertThat(written.shape("fc.weight")).containsExactly(5, 256);
    assertThat(written.shape("stem.0.weight")).containsExactly(32, 3, 3, 3);

    ComputationGraph loaded = network(2);
    INDArray photos = Nd4j.rand(DataType.FLOAT, 2, 3, 64, 64);
    INDArray expected = saved.outputSingle(photos).dup();
    assertThat(loaded.outputSingle(photos)).isNotEqualTo(expected);
    ImportReport report = new WeightImport(WeightImportOptions.STRICT).load(written, loaded);
    assertThat(report.matched()).containsExactlyInAnyOrderElementsOf(written.names());
    assertThat(loaded.params()).isEqualTo(saved.params());
    assertThat(loaded.outputSingle(photos)).isEqualTo(expected);
  }

  /** The fixtures' shapes are of PyTorch's state dictionaries; their order is not kept. */
  @ParameterizedTest
  @ValueSource(strings = {"attention_cnn", "eca_resnet50"})
  void shapes_ofAFile_areThoseThatPyTorchLoads(String network) throws IOException {
    FormulaWeights pyTorch = FormulaWeights.of(network);
    ComputationGraph saved =
        Architectures.named(network).graph(new NetworkSpec(pyTorch.classes(), 64), 1);
    Path file = folder.resolve(network + ".safetensors");
    WeightExport.save(saved, file, WeightsCard.EMPTY);
    Safetensors written = Safetensors.open(file);
    Map<String, List<Long>> shapes = new HashMap<>();
    written.names().forEach(name -> shapes.put(name, boxed(written.shape(name))));
    Map<String, List<Long>> expected = new HashMap<>();
    pyTorch.tensors().forEach((name, shape) -> expected.put(name, boxed(shape)));
    assertThat(shapes).isEqualTo(expected);

    ComputationGraph loaded =
        Architectures.named(network).graph(new NetworkSpec(pyTorch.classes(), 64), 2);
    new WeightImport(WeightImportOptions.STRICT).load(written, loaded);
    assertThat(loaded.params()).isEqualTo(saved.params());
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  @Test
  void data_ofAFile_beginsAtAMultipleOf8() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(file, List.of(entry("x", 1, 2, 3)), Map.of());
    assertThat((Files.size(file) - 3 * Float.BYTES) % 8).isZero();
    assertThat(Safetensors.open(file).values("x")).containsExactly(1, 2, 3);
  }

  @Test
  void write_thatFails_leavesTheOldFile() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(file, List.of(entry("x", 1)), Map.of());
    SafetensorsWriter.Entry liar =
        new SafetensorsWriter.Entry("y", new long[] {3}, () -> new float[2]);
    assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(entry("x", 9), liar), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Tensor y [3] gave 2 values");
    assertThat(Safetensors.open(file).values("x")).containsExactly(1);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void tensors_ofOneName_areRefused() {
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    folder.resolve("a"), List.of(entry("x", 1), entry("x", 2)), Map.of()))
        .hasMessage("Two tensors are called x");
    assertThatThrownBy(() -> entry("__metadata__", 1)).hasMessageContaining("format's own key");
    assertThatThrownBy(
            () ->
                new SafetensorsWriter.Entry(
                    "x", new long[] {1L << 40, 1L << 40}, () -> new float[0]))
        .hasMessageContaining("less than 2 GB");
  }

  private static SafetensorsWriter.Entry entry(String name, float... values) {
    return new SafetensorsWriter.Entry(name, new long[] {values.length}, () -> values);
  }

  private static WeightsCard card(WeightLayout layout) {
    return WeightsCard.builder().layout(layout).build();
  }

  private static ComputationGraph network(long seed) {
    return Architectures.named("se_cnn").graph(new NetworkSpec(5, 64), seed);
  }
}
