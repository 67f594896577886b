package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;

/** Networks and samples for tests. */
final class SmallNetworks {
  static final String INPUT = "input";

  private SmallNetworks() {}

  /** A network of the library with random weights. */
  static ModelProto architecture(String name, int classes, int size) {
    return new OnnxExporter()
        .export(
            Architectures.named(name).graph(new NetworkSpec(classes, size), 1),
            ExportOptions.photos(size));
  }

  /** Noise that is the same for neighbouring pixels, as photos are. */
  static List<SampleBatch> photos(int count, int size, long seed) {
    Random random = new Random(seed);
    List<SampleBatch> batches = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] values = new float[3 * size * size];
      for (int channel = 0; channel < 3; channel++) {
        float shade = (float) random.nextGaussian();
        for (int i = 0; i < size * size; i++) {
          shade = 0.95f * shade + 0.3f * (float) random.nextGaussian();
          values[channel * size * size + i] = shade;
        }
      }
      batches.add(SampleBatch.of(INPUT, values, 1, 3, size, size));
    }
    return batches;
  }

  /** A convolution of two pixels, one channel in and two out, a ReLU, and one that copies. */
  static ModelProto convolution(float[] kernels, float[] bias) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input(INPUT, OnnxGraphBuilder.BATCH, 1, 1, 2);
    String weights = graph.floats("W", kernels, 2, 1, 1, 1);
    String biases = graph.floats("b", bias, 2);
    String sums = graph.node("conv", OnnxNode.of("Conv", input, weights, biases));
    String relu = graph.node("relu", OnnxNode.of("Relu", sums));
    String head = graph.floats("H", new float[] {1, 0, 0, 1}, 2, 2, 1, 1);
    String last = graph.node("head", OnnxNode.of("Conv", relu, head));
    graph.output(last, "out", OnnxGraphBuilder.BATCH, 2, 1, 2);
    return graph.build();
  }

  static float[] run(ModelProto model, SampleBatch batch) {
    List<float[]> found = new ArrayList<>();
    try (RuntimeGraph graph = RuntimeGraph.open(model)) {
      graph.run(
          batch,
          Set.of(OnnxGraph.of(model).outputs().get(0)),
          (name, output) -> {
            float[] values = new float[output.values().remaining()];
            output.values().get(values);
            found.add(values);
          });
    }
    return found.get(0);
  }
}
