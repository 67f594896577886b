package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.OutputValues;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Flatten2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.onnx.OfficialChecker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class EndpointExportTest {
  private static final int CLASSES = 5;
  private static final int BATCH = 2;

  /** Of the largest absolute value. */
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  private OnnxClassifier open(ModelProto model) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), model.toByteArray());
    ForeignModel said = ForeignModel.UNSAID.withImagenetPreprocessing();
    return OnnxClassifier.open(file, RuntimeSettings.shared(1), said);
  }

  private static ComputationGraph network(String name, int size) {
    return Architectures.named(name).graph(new NetworkSpec(CLASSES, size), 1);
  }

  private static float[] photos(int size) {
    Nd4j.getRandom().setSeed(3);
    return Nd4j.randn(DataType.FLOAT, BATCH * 3L * size * size).data().asFloat();
  }

  private static INDArray array(float[] photos, int size) {
    return Nd4j.create(photos.clone(), new long[] {BATCH, 3, size, size}, 'c');
  }

  @ParameterizedTest
  @CsvSource({"se_cnn, 64", "attention_cnn, 64", "resnet18, 64", "efficientnet_b0, 64"})
  void export_featuresAndClassActivation_areThoseOfTheGraph(String name, int size)
      throws Exception {
    ComputationGraph graph = network(name, size);
    String head = graph.getConfiguration().getNetworkOutputs().get(0);
    String pool = pooling(graph);
    String maps = graph.getConfiguration().getVertexInputs().get(pool).get(0);
    ModelProto model =
        new OnnxExporter()
            .export(
                graph,
                ExportOptions.photos(size)
                    .withFeatures()
                    .withClassActivation()
                    .withEndpoints(List.of(maps)));

    float[] photos = photos(size);
    Map<String, INDArray> activations = graph.feedForward(array(photos, size), false);
    INDArray channelsLast = activations.get(maps); // [batch, height, width, channels]
    try (OnnxClassifier classifier = open(model)) {
      assertThat(classifier.outputs()).containsExactly("logits", maps, "features", "cam");
      float[] logits = classifier.logits(photos, BATCH);
      assertSame(logits, activations.get(head));

      OutputValues features = classifier.features(photos, BATCH);
      long channels = channelsLast.size(3);
      assertThat(features.shape()).containsExactly(BATCH, channels);
      assertSame(features.values(), channelsLast.mean(1, 2));

      OutputValues endpoint = classifier.outputs(photos, BATCH, maps).get(maps);
      INDArray channelsFirst = channelsLast.permute(0, 3, 1, 2);
      assertThat(endpoint.shape()).containsExactly(channelsFirst.shape());
      assertSame(endpoint.values(), channelsFirst);

      OutputValues cam = classifier.classActivation(photos, BATCH);
      long height = channelsLast.size(1);
      long width = channelsLast.size(2);
      assertThat(cam.shape()).containsExactly(BATCH, CLASSES, height, width);
      INDArray weights = graph.getVertex(head).paramTable(false).get("W"); // [channels, classes]
      INDArray everywhere =
          channelsLast.dup('c').reshape('c', BATCH * height * width, channels).mmul(weights);
      assertSame(
          cam.values(),
          everywhere.dup('c').reshape('c', BATCH, height, width, CLASSES).permute(0, 3, 1, 2));
      INDArray map = Nd4j.create(cam.values(), cam.shape(), 'c');
      INDArray bias = graph.getVertex(head).paramTable(false).get("b");
      assertSame(logits, map.mean(2, 3).addRowVector(bias));
    }
    for (ValueInfoProto output : model.getGraph().getOutputList()) {
      assertThat(output.getType().getTensorType().getShape().getDimList())
          .as(output.getName())
          .first()
          .satisfies(batch -> assertThat(batch.getDimParam()).isEqualTo("batch"));
      assertThat(output.getType().getTensorType().getShape().getDimList())
          .as(output.getName())
          .filteredOn(dimension -> dimension.hasDimValue())
          .hasSize(output.getType().getTensorType().getShape().getDimCount() - 1);
    }
  }

  /** The vertex whose result the head reads, in inference. */
  private static String pooling(ComputationGraph graph) {
    return graph.getConfiguration().getVertices().entrySet().stream()
        .filter(
            entry ->
                entry.getValue() instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof GlobalPool2d pool
                    && pool.isFlat())
        .map(Map.Entry::getKey)
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static void assertSame(float[] found, INDArray expected) {
    float[] reference = expected.dup('c').data().asFloat();
    assertThat(found).hasSameSizeAs(reference);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < reference.length; i++) {
      largest = Math.max(largest, Math.abs(reference[i]));
      difference = Math.max(difference, Math.abs(reference[i] - found[i]));
    }
    assertThat(largest).isGreaterThan(0);
    assertThat(difference / largest).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"se_cnn, 32", "mobilenet_v3_small, 33", "efficientnet_b0, 33"})
  void export_pixelInput_givesTheLogitsOfNormalisedPhotos(String name, int size) throws Exception {
    ComputationGraph graph = network(name, size);
    Preprocessing preprocessing = Preprocessing.imagenet(size);
    ModelProto model =
        new OnnxExporter().export(graph, ExportOptions.photos(size).withPixelInput(preprocessing));
    byte[] pixels = new byte[BATCH * preprocessing.inputLength()];
    new Random(5).nextBytes(pixels);
    float[] normalised = new float[pixels.length];
    for (int photo = 0; photo < BATCH; photo++) {
      int from = photo * preprocessing.inputLength();
      byte[] rgb = Arrays.copyOfRange(pixels, from, from + preprocessing.inputLength());
      preprocessing.normalise(new Photo(size, size, rgb), normalised, from);
    }
    INDArray expected = graph.outputSingle(false, array(normalised, size)).dup();

    try (OnnxClassifier classifier = open(model)) {
      assertThat(classifier.takesPixels()).isTrue();
      assertThat(classifier.inputSize()).isEqualTo(size);
      assertSame(classifier.pixelLogits(pixels, BATCH), expected);
      assertSame(classifier.logits(normalised, BATCH), expected);
    }
  }

  @Test
  void export_pixelInput_takesThreeOperations() {
    ComputationGraph graph = network("se_cnn", 32);
    ModelProto plain = new OnnxExporter().export(graph, ExportOptions.photos(32));
    ModelProto pixels =
        new OnnxExporter()
            .export(graph, ExportOptions.photos(32).withPixelInput(Preprocessing.imagenet(32)));

    assertThat(pixels.getGraph().getNodeList().subList(0, 3))
        .extracting(node -> node.getOpType())
        .containsExactly("Transpose", "Cast", "BatchNormalization");
    assertThat(pixels.getGraph().getNodeList().subList(4, pixels.getGraph().getNodeCount()))
        .isEqualTo(plain.getGraph().getNodeList().subList(1, plain.getGraph().getNodeCount()));
    assertThat(pixels.getGraph().getInput(0).getName()).isEqualTo("input");
    assertThat(pixels.getGraph().getOutputList()).isEqualTo(plain.getGraph().getOutputList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "attention_cnn", "efficientnet_b0"})
  void checker_everythingAtOnce_accepts(String name) throws Exception {
    OfficialChecker.require();
    ComputationGraph graph = network(name, 64);
    ModelProto model =
        new OnnxExporter()
            .export(
                graph,
                ExportOptions.photos(64)
                    .withFeatures()
                    .withClassActivation()
                    .withEndpoints(List.of(pooling(graph)))
                    .withPixelInput(Preprocessing.imagenet(64)));

    OfficialChecker.assertAccepts(model, folder);
  }

  @Test
  void export_classActivationOfHeadsWithoutMean_isRefused() throws Exception {
    InputType image = ExportedGraph.image(8, 8, 3);
    ComputationGraph flattened =
        ExportedGraph.initialised(
            ExportedGraph.builder(image)
                .addLayer("conv", new Conv2d.Builder(4, 3, 3).build(), ExportedGraph.INPUT)
                .addLayer("flat", new Flatten2d(), "conv")
                .addLayer("out", head(), "flat"),
            "out");
    ExportOptions options = ExportOptions.of(image);

    assertThatThrownBy(() -> new OnnxExporter().export(flattened, options.withClassActivation()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not read the mean of feature maps");
    // MobileNetV3 has a hidden layer with hard-swish between the mean and the logits
    assertThatThrownBy(
            () ->
                new OnnxExporter()
                    .export(
                        network("mobilenet_v3_small", 33),
                        ExportOptions.photos(33).withClassActivation()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no class activation map");
    try (OnnxClassifier classifier =
        open(new OnnxExporter().export(flattened, options.withFeatures()))) {
      // 6 x 6 positions of 4 channels, in the file's order
      assertThat(classifier.features(new float[3 * 64], 1).shape()).containsExactly(1, 144);
    }
  }

  private static OutputLayer head() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  @Test
  void export_endpointThatIsNoVertex_isRefused() {
    assertThatThrownBy(
            () ->
                new OnnxExporter()
                    .export(
                        network("se_cnn", 32),
                        ExportOptions.photos(32).withEndpoints(List.of("stages.7"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no vertex 'stages.7'")
        .hasMessageContaining("stem.0");
  }
}
