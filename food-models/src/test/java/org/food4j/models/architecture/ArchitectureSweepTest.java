package org.food4j.models.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.food4j.models.block.Attention;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.models.verify.LogitsCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What holds for every network and each of its options: it can be built and trained, every
 * parameter gets a gradient, and its DL4J model file and its ONNX model compute the same.
 */
class ArchitectureSweepTest {
  private static final int CLASSES = 3;
  private static final String OWN = "as in its table";

  /** So that strides meet even maps and odd ones: 47, 24, 12, 6, 3. */
  private static final int SIZE = 47;

  private static final Set<String> SMALL =
      Set.of("se_cnn", "attention_cnn", "resnet18", "mobilenet_v3_small", "efficientnet_b0");

  @TempDir Path folder;

  /** A network in one form. */
  record Case(Architecture architecture, NetworkSpec spec, String form) {
    static Case of(String name, NetworkSpec spec, String form) {
      return new Case(Architectures.named(name), spec, form);
    }

    @Override
    public String toString() {
      return "%s, %s, %d px".formatted(architecture.name(), form, spec.inputSize());
    }
  }

  private static NetworkSpec spec(int size) {
    return new NetworkSpec(CLASSES, size).withDropout(0.2);
  }

  /** Small members of the families, and their options. */
  static Stream<Case> small() {
    Stream<Case> asInTheTable =
        Architectures.all().stream()
            .filter(architecture -> SMALL.contains(architecture.name()))
            .map(architecture -> new Case(architecture, spec(SIZE), OWN));
    Stream<Case> linearHeads =
        Stream.of("seed_cnn", "vgg16")
            .map(
                name ->
                    Case.of(name, spec(SIZE).toBuilder().head(Head.LINEAR).build(), "linear head"));
    Stream<Case> attentions =
        Stream.of("resnet18", "efficientnet_b0", "mobilenet_v3_small")
            .flatMap(
                name ->
                    Stream.of(Attention.NONE, Attention.SE, Attention.ECA, Attention.CBAM)
                        .map(
                            attention ->
                                Case.of(
                                    name,
                                    spec(SIZE).toBuilder().attention(attention).build(),
                                    "attention " + attention.key())));
    Stream<Case> published =
        Stream.of("resnet18", "efficientnet_b0", "mobilenet_v3_small")
            .map(
                name ->
                    Case.of(
                        name,
                        samePadding(spec(SIZE)).toBuilder().stochasticDepth(0.3).build(),
                        "padding same, stochastic depth"));
    return Stream.of(asInTheTable, linearHeads, attentions, published).flatMap(cases -> cases);
  }

  private static NetworkSpec samePadding(NetworkSpec spec) {
    return spec.toBuilder().padding(PaddingRule.SAME).build();
  }

  /** The whole list; heads of fixed size get the input that they ask for. */
  static Stream<Case> all() {
    return Architectures.all().stream()
        .map(
            architecture -> {
              boolean anySize = !architecture.name().matches("seed_cnn|vgg16.*");
              int size = anySize ? 71 : architecture.inputSize();
              return new Case(architecture, spec(size), OWN);
            });
  }

  @ParameterizedTest
  @MethodSource("small")
  void network_ofTheSmall_trainsAndIsTheSameInEachForm(Case network) throws IOException {
    assertTrainsAndIsTheSameInEachForm(network);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void network_ofTheList_trainsAndIsTheSameInEachForm(Case network) throws IOException {
    assertTrainsAndIsTheSameInEachForm(network);
  }

  private void assertTrainsAndIsTheSameInEachForm(Case network) throws IOException {
    int size = network.spec().inputSize();
    Nd4j.getRandom().setSeed(2);
    INDArray photos = Nd4j.randn(DataType.FLOAT, CLASSES, 3, size, size);
    ComputationGraph training = assertEveryParameterGetsAGradient(network, photos);
    assertThat(Arrays.stream(training.getVertices()).map(v -> v.getVertexName()))
        .as("branches that training may leave out")
        .anyMatch(vertex -> network.spec().stochasticDepth() == 0 || vertex.endsWith(".drop"));
    takeStatisticsOfTheBatch(training);

    ComputationGraph graph = inferenceGraph(network, training.params());
    INDArray logits = graph.outputSingle(false, photos);
    assertThat(logits.shape()).containsExactly(CLASSES, CLASSES);
    float[] expected = logits.dup('c').data().asFloat();
    assertThat(expected).doesNotContain(Float.NaN);

    assertThat(reread(graph).outputSingle(false, photos)).isEqualTo(logits);
    if (network.form().equals(OWN)) {
      assertThat(savedAndLoaded(graph).outputSingle(false, photos)).isEqualTo(logits);
    }
    assertOnnxAgrees(graph, photos, expected);
  }

  private static ComputationGraph trainingGraph(Case network, int seed) {
    LossLayer loss =
        new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder().seed(seed).updater(new NoOp());
    Architecture architecture = network.architecture();
    ComputationGraph graph =
        new ComputationGraph(
            architecture
                .configure(base, network.spec())
                .addLayer("loss", loss, architecture.logits())
                .setOutputs("loss")
                .build());
    graph.init();
    return graph;
  }

  private static ComputationGraph inferenceGraph(Case network, INDArray parameters) {
    Architecture architecture = network.architecture();
    ComputationGraph graph =
        new ComputationGraph(
            architecture
                .configure(new NeuralNetConfiguration.Builder(), network.spec())
                .setOutputs(architecture.logits())
                .build());
    graph.init(parameters, false);
    return graph;
  }

  /**
   * In one of a few beginnings: training leaves branches out by chance, and a rectifier that stands
   * alone in a narrow squeeze may begin dead.
   */
  private static ComputationGraph assertEveryParameterGetsAGradient(Case network, INDArray photos) {
    ComputationGraph graph = trainingGraph(network, 1);
    Set<String> without = assertFiniteGradients(graph, photos);
    for (int seed = 2; seed <= 8 && !without.isEmpty(); seed++) {
      graph = trainingGraph(network, seed);
      without.retainAll(assertFiniteGradients(graph, photos));
    }
    assertThat(without).as("parameters without a gradient").isEmpty();
    return graph;
  }

  /** Returns the parameters without a gradient. */
  private static Set<String> assertFiniteGradients(ComputationGraph graph, INDArray photos) {
    graph.setInputs(photos.dup());
    graph.setLabels(Nd4j.eye(CLASSES).castTo(DataType.FLOAT));
    graph.computeGradientAndScore();
    assertThat(graph.score()).isFinite();
    Map<String, INDArray> gradients = graph.gradient().gradientForVariable();
    assertThat(gradients).hasSameSizeAs(graph.paramTable());
    Set<String> without = new TreeSet<>();
    gradients.forEach(
        (name, gradient) -> {
          double size = gradient.ameanNumber().doubleValue();
          if (name.endsWith("_mean") || name.endsWith("_var")) {
            assertThat(size).as(name).isZero(); // the layer moves them itself
          } else {
            assertThat(size).as(name).isFinite();
            if (size == 0) {
              without.add(name);
            }
          }
        });
    return without;
  }

  /**
   * Running statistics began at 0 and 1 and went a tenth of the way to the batch's: here they go
   * all of it, or deep networks would overflow.
   */
  private static void takeStatisticsOfTheBatch(ComputationGraph graph) {
    for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
      if (parameter.getKey().endsWith("_mean")) {
        parameter.getValue().muli(10);
      } else if (parameter.getKey().endsWith("_var")) {
        parameter.getValue().muli(10).subi(9);
      }
    }
  }

  private static ComputationGraph reread(ComputationGraph graph) {
    ComputationGraph read =
        new ComputationGraph(
            ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson()));
    read.init(graph.params(), false);
    return read;
  }

  /** By DL4J's model file, which is compressed, and slowly. */
  private ComputationGraph savedAndLoaded(ComputationGraph graph) throws IOException {
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(graph, file.toFile(), false);
    return ModelSerializer.restoreComputationGraph(file.toFile(), false);
  }

  private void assertOnnxAgrees(ComputationGraph graph, INDArray photos, float[] expected)
      throws IOException {
    int size = (int) photos.size(2);
    ModelProto model = new OnnxExporter().export(graph, ExportOptions.photos(size));
    assertThat(model.getGraph().getNodeList().stream().map(NodeProto::getOpType))
        .doesNotContain("Dropout", "RandomUniform", "RandomUniformLike", "Bernoulli");
    Path file = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
    }
    try (OnnxClassifier classifier = OnnxClassifier.open(file)) {
      float[] computed = classifier.logits(photos.dup('c').data().asFloat(), CLASSES);
      LogitsCheck check = LogitsCheck.of(expected, computed, expected, CLASSES);
      assertThat(check.spread()).isPositive();
      assertThat(check.onnxRelative()).isLessThan(1e-3);
    }
  }
}
