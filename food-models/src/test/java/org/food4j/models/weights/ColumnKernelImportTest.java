package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.layer.Conv2d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnKernelImportTest {
  @TempDir Path folder;

  @Test
  void kernelOfAOneDimensionalConvolution_fitsAColumn() throws IOException {
    ComputationGraph graph = graph(new Conv2d.Builder(1, 3, 1).padding(1, 0).bias(false).build());
    ImportReport report =
        new WeightImport(WeightImportOptions.STRICT)
            .load(file("layer.weight", new long[] {1, 1, 3}, 5, 6, 7), graph);
    assertThat(report.matched()).containsExactly("layer.weight");
    assertThat(report.reshaped()).isEmpty();
    assertThat(graph.getParam("layer_W").shape()).containsExactly(1, 1, 3, 1);
    assertThat(graph.getParam("layer_W").dup('c').data().asFloat()).containsExactly(5, 6, 7);
  }

  @Test
  void kernelOfAnotherSize_isRefusedWithBothShapes() throws IOException {
    ComputationGraph graph = graph(new Conv2d.Builder(1, 3, 1).padding(1, 0).bias(false).build());
    Safetensors file = file("layer.weight", new long[] {1, 1, 5}, 5, 6, 7, 8, 9);
    assertThatThrownBy(() -> new WeightImport(WeightImportOptions.STRICT).load(file, graph))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("layer.weight is [1, 1, 5] in the file and [1, 1, 3] in the network");
  }

  private static ComputationGraph graph(Layer layer) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(4, 1, 1))
                .addLayer("layer", layer, "in")
                .setOutputs("layer")
                .build());
    graph.init();
    return graph;
  }

  /** One tensor in the format that {@link Safetensors} reads. */
  private Safetensors file(String name, long[] shape, float... values) throws IOException {
    byte[] header =
        "{\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[0,%d]}}"
            .formatted(name, Arrays.toString(shape), values.length * Float.BYTES)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + values.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    for (float value : values) {
      bytes.putFloat(value);
    }
    Path file = folder.resolve("one.safetensors");
    Files.write(file, bytes.array());
    return Safetensors.open(file);
  }
}
