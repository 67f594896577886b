package org.food4j.models.onnx.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.OutputValues;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heads in the forms that exporters write: two classes over the colours of a photo of 2 x 2. */
class ClassifierHeadTest {
  private static final float[] PHOTO = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  /** What the head says of each colour, {@code [classes, channels]}. */
  private static final float[] WEIGHTS = {1, -2, 0.5f, 3, 0.25f, -1};

  @TempDir Path folder;

  /** How the last layer is written. */
  private enum Layer {
    GEMM,
    GEMM_TRANSPOSED,
    MATMUL,
    MATMUL_AND_ADD,
    GEMM_AND_SOFTMAX
  }

  @Test
  void of_lastLayerPlusSomethingThatVaries_isRefused() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("input", OnnxGraphBuilder.BATCH, 3);
    String fc = graph.node("fc", OnnxNode.of("MatMul", x, graph.floats("w", new float[9], 3, 3)));
    graph.output(graph.node("sum", OnnxNode.of("Add", fc, x)), "y", OnnxGraphBuilder.BATCH, 3);
    ModelProto model = graph.build();

    assertThatThrownBy(() -> ClassifierHead.of(model, "y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not made by a fully connected layer");
  }

  private static ModelProto network(Layer layer, boolean reduceMean, String between) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("input", OnnxGraphBuilder.BATCH, 3, 2, 2);
    x = graph.node("maps", OnnxNode.of("Relu", x));
    x =
        graph.node(
            "mean",
            reduceMean
                ? OnnxNode.of("ReduceMean", x).with("axes", new int[] {-1, -2})
                : OnnxNode.of("GlobalAveragePool", x));
    x = graph.node("features", OnnxNode.of("Flatten", x).with("axis", 1));
    if (!between.isEmpty()) {
      x = graph.node("between", OnnxNode.of(between, x));
    }
    float[] byChannel = {1, 3, -2, 0.25f, 0.5f, -1};
    String bias = graph.floats("bias", new float[] {10, 20}, 2);
    if (layer == Layer.GEMM_TRANSPOSED) {
      String weights = graph.floats("weights", WEIGHTS, 2, 3);
      x = graph.node("fc", OnnxNode.of("Gemm", x, weights, bias).with("transB", 1));
    } else {
      String weights = graph.floats("weights", byChannel, 3, 2);
      boolean gemm = layer == Layer.GEMM || layer == Layer.GEMM_AND_SOFTMAX;
      x =
          graph.node(
              "fc",
              gemm ? OnnxNode.of("Gemm", x, weights, bias) : OnnxNode.of("MatMul", x, weights));
      if (layer == Layer.MATMUL_AND_ADD) {
        x = graph.node("add", OnnxNode.of("Add", x, bias));
      }
      if (layer == Layer.GEMM_AND_SOFTMAX) {
        x = graph.node("softmax", OnnxNode.of("Softmax", x).with("axis", 1));
      }
    }
    graph.output(x, "scores", OnnxGraphBuilder.BATCH, 2);
    return graph.build();
  }

  private OnnxClassifier open(ModelProto model) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), model.toByteArray());
    return OnnxClassifier.open(file, RuntimeSettings.shared(1), ForeignModel.UNSAID);
  }

  @ParameterizedTest
  @EnumSource
  void outputs_ofEveryForm_areTheSame(Layer layer) throws IOException {
    for (boolean reduceMean : new boolean[] {false, true}) {
      ClassifierHead head = ClassifierHead.of(network(layer, reduceMean, ""), "scores");
      assertThat(head.channels()).isEqualTo(3);
      assertThat(head.classes()).isEqualTo(2);
      assertThat(head.maps()).contains("maps");
      head.addFeatures();
      head.addClassActivation(2, 2);

      try (OnnxClassifier classifier = open(head.toModel())) {
        assertThat(classifier.outputs()).containsExactly("scores", "features", "cam");
        assertThat(classifier.features(PHOTO, 1).values())
            .containsExactly(new float[] {2.5f, 6.5f, 10.5f}, within(1e-5f));
        OutputValues cam = classifier.classActivation(PHOTO, 1);
        assertThat(cam.shape()).containsExactly(1, 2, 2, 2);
        for (int k = 0; k < 2; k++) {
          for (int at = 0; at < 4; at++) {
            float expected = 0;
            for (int channel = 0; channel < 3; channel++) {
              expected += WEIGHTS[3 * k + channel] * PHOTO[4 * channel + at];
            }
            assertThat(cam.values()[4 * k + at]).isCloseTo(expected, within(1e-5f));
          }
        }
      }
    }
  }

  @Test
  void mapsOfUnknownSize_stayFree() {
    ClassifierHead head = ClassifierHead.of(network(Layer.GEMM, false, "Dropout"), "scores");
    head.addClassActivation(-1, -1);

    var shape = head.toModel().getGraph().getOutput(1).getType().getTensorType().getShape();
    assertThat(shape.getDimList())
        .extracting(dimension -> dimension.getDimParam())
        .containsExactly("batch", "", "height", "width");
  }

  @Test
  void headWithSomethingBetween_hasFeaturesButNoMap() {
    ClassifierHead head = ClassifierHead.of(network(Layer.GEMM, false, "Tanh"), "scores");

    head.addFeatures();
    assertThat(head.maps()).isEmpty();
    assertThatThrownBy(() -> head.addClassActivation(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no class activation map");
    assertThatThrownBy(head::addFeatures)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an output named 'features' already");
  }

  @Test
  void modelWithoutALinearLayer_isRefused() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("input", OnnxGraphBuilder.BATCH, 3, 2, 2);
    x = graph.node("mean", OnnxNode.of("GlobalAveragePool", x));
    graph.output(
        graph.node("flat", OnnxNode.of("Flatten", x).with("axis", 1)),
        "scores",
        OnnxGraphBuilder.BATCH,
        3);
    ModelProto model = graph.build();

    assertThatThrownBy(() -> ClassifierHead.of(model, "scores"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not made by a fully connected layer");
    assertThatThrownBy(() -> ClassifierHead.of(model, "logits"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no output 'logits', only [scores]");
  }

  @Test
  void pixels_ofOtherInputs_areRefused() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("input", OnnxGraphBuilder.BATCH, 7);
    graph.output(graph.node("relu", OnnxNode.of("Relu", x)), "scores", OnnxGraphBuilder.BATCH, 7);
    Preprocessing preprocessing = Preprocessing.imagenet(2);

    assertThatThrownBy(() -> PixelInput.of(graph.build(), preprocessing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 'input' of this model is another");
    ModelProto once = PixelInput.of(network(Layer.GEMM, false, ""), preprocessing);
    assertThatThrownBy(() -> PixelInput.of(once, preprocessing))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
