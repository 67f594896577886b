package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Wiring;
import org.food4j.models.graph.GraphCut;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * EfficientNet-B4 with weights of ImageNet that lack three tensors, on real photos, against
 * features that PyTorch computed.
 */
@Tag("reference")
class RealWeightsTest {
  private static final Path SHARED = Path.of(System.getProperty("food4j.shared", "../shared"));
  private static final Path REFERENCE = SHARED.resolve("reference");
  private static final Path WEIGHTS =
      SHARED.resolve("data/weights/efficientnet_b4_imagenet_partial_fp16.safetensors");
  private static final Architecture B4 = Architectures.named("efficientnet_b4");
  private static final int SIZE = 224;

  private static NetworkSpec spec;
  private static Preprocessing preprocessing;
  private static ComputationGraph graph;
  private static ImportReport report;

  @BeforeAll
  static void load() throws IOException {
    for (Path each : List.of(WEIGHTS, REFERENCE)) {
      assumeTrue(Files.exists(each), () -> "skipped: there is no " + each);
    }
    Safetensors file = Safetensors.open(WEIGHTS);
    preprocessing = file.card().preprocessing(SIZE);
    spec = file.card().completed(new NetworkSpec(1000, SIZE), B4.name());
    graph = B4.graph(spec, 1);
    report =
        new WeightImport(WeightImportOptions.STRICT.withArchitecture(B4.name())).load(file, graph);
  }

  @Test
  void report_ofThePartialFile_namesTheThreeTensors() {
    List<String> expected =
        List.of(
            "classifier.1.weight",
            "features.7.1.block.0.0.weight",
            "features.7.1.block.3.0.weight");
    assertThat(report.lacking()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(report.describe()).contains(expected);
    assertThat(report.unexpected()).isEmpty();
    assertThat(report.matched().size() + report.identity().size()).isEqualTo(607);
  }

  @Test
  void input_ofThePhotos_isTheReferences() throws IOException {
    NpyArray expected = NpyArray.read(REFERENCE.resolve("input.npy"));
    float[] photos = photos();
    assertThat(photos).hasSameSizeAs(expected.values());
    for (int i = 0; i < photos.length; i++) {
      assertThat(photos[i]).isCloseTo(expected.values()[i], offset(1e-6f));
    }
  }

  @Test
  void lastBlocksMaps_pooled_equalPyTorchs() throws IOException {
    assertPooledEqual(wiring().stage("features.7").output(), "pool448.npy");
  }

  @Test
  void pooledFeatures_equalPyTorchs() throws IOException {
    assertPooledEqual(wiring().pooled(), "pool1792.npy");
  }

  private static Wiring wiring() {
    return B4.wiring(spec);
  }

  /** By DL4J and by an ONNX export, both cut behind the vertex. */
  private static void assertPooledEqual(String vertex, String file) throws IOException {
    NpyArray expected = NpyArray.read(REFERENCE.resolve(file));
    ComputationGraph part = new GraphCut(graph, vertex).lower();
    float[] photos = photos();
    long[] shape = {expected.shape()[0], 3, SIZE, SIZE};
    INDArray computed = part.outputSingle(false, Nd4j.create(photos, shape, 'c'));
    // maps are channels last in the graph
    INDArray pooled = computed.rank() == 4 ? computed.mean(1, 2) : computed;
    double dl4j = apart(pooled.dup('c').data().asFloat(), expected.values());
    double onnx = apart(onnxPooled(part, photos, shape), expected.values());
    assertThat(dl4j).as("DL4J").isLessThan(1e-4);
    assertThat(onnx).as("ONNX").isLessThan(1e-4);
  }

  private static float[] onnxPooled(ComputationGraph part, float[] photos, long[] shape) {
    byte[] model = new OnnxExporter().export(part, ExportOptions.photos(SIZE)).toByteArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(photos), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      INDArray values =
          Nd4j.create(output.getFloatBuffer().array(), output.getInfo().getShape(), 'c');
      // and channels first in the file
      INDArray pooled = values.rank() == 4 ? values.mean(2, 3) : values;
      return pooled.dup('c').data().asFloat();
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime refuses the exported model", e);
    }
  }

  /** The reference's photos in the order of their names, {@code [10, 3, 224, 224]}. */
  private static float[] photos() throws IOException {
    List<Path> files;
    try (Stream<Path> inputs = Files.list(REFERENCE.resolve("inputs"))) {
      files = inputs.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    float[] batch = new float[files.size() * preprocessing.inputLength()];
    ImageIoPhotoDecoder decoder = new ImageIoPhotoDecoder();
    for (int i = 0; i < files.size(); i++) {
      preprocessing.normalise(
          decoder.decode(Files.readAllBytes(files.get(i))), batch, i * preprocessing.inputLength());
    }
    return batch;
  }

  /** The difference's norm as a part of the expected's. */
  private static double apart(float[] computed, float[] expected) {
    assertThat(computed).hasSameSizeAs(expected);
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += Math.pow((double) computed[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(squares / norm);
  }
}
