package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.models.onnx.endpoint.PixelInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other tools write them: no card, other layouts, types, names and batches. */
class ForeignModelTest {
  private static final int SIZE = SmallModel.SIZE;
  private static final int PIXELS = SIZE * SIZE;

  /** Two photos of one colour each, and the logits that the small model gives for them. */
  private static final float[] COLOURS = {1, 2, 3, -4, 5, 0.5f};

  private static final ForeignModel SAID = ForeignModel.of(SmallModel.CARD);

  @TempDir Path folder;

  @Test
  void json_ofAllThatCanBeSaid_isReadAsWritten() {
    ForeignModel all =
        SAID.withInput("image").withOutput("scores").withScale(ScoreScale.PROBABILITIES);
    assertThat(all.toJson()).contains("\"scores\":\"probabilities\"", "\"input\":\"image\"");
    for (ForeignModel said :
        List.of(ForeignModel.UNSAID, SAID, all, all.withImagenetPreprocessing())) {
      assertThat(ForeignModel.fromJson(said.toJson())).isEqualTo(said);
    }
    assertThat(ForeignModel.UNSAID.toJson()).isEqualTo("{}");
  }

  @Test
  void json_ofSomethingElse_isRefusedByWhatIsWrong() {
    assertThatThrownBy(() -> ForeignModel.fromJson("[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a JSON object, not []");
    assertThatThrownBy(() -> ForeignModel.fromJson("{\"label\": []}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels, output")
        .hasMessageContaining("not [label]");
    assertThatThrownBy(() -> ForeignModel.fromJson("{\"scores\": \"percent\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[logits, probabilities], not 'percent'");
    assertThatThrownBy(() -> ForeignModel.fromJson("{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
  }

  private Path file(ModelProto model) throws IOException {
    return Files.write(folder.resolve("foreign.onnx"), model.toByteArray());
  }

  private OnnxClassifier open(ModelProto model, ForeignModel said) throws IOException {
    return OnnxClassifier.open(file(model), RuntimeSettings.shared(1), said);
  }

  private static float[] photos(float... colours) {
    float[] input = new float[colours.length * PIXELS];
    for (int i = 0; i < colours.length; i++) {
      Arrays.fill(input, i * PIXELS, (i + 1) * PIXELS, colours[i]);
    }
    return input;
  }

  /** The mean of each channel, over whatever the first nodes make of the input. */
  private static ModelProto means(String output, OnnxNode... firstAndLast) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("image", OnnxGraphBuilder.BATCH, 3, SIZE, SIZE);
    x = graph.node("mean", OnnxNode.of("GlobalAveragePool", x));
    x = graph.node("flat", OnnxNode.of("Flatten", x).with("axis", 1));
    for (OnnxNode last : firstAndLast) {
      x = graph.node("last", last.and(x));
    }
    graph.output(x, output, OnnxGraphBuilder.BATCH, 3);
    return graph.build();
  }

  private static ModelProto with(ModelProto model, ValueInfoProto input, ValueInfoProto output) {
    ModelProto.Builder builder = model.toBuilder();
    builder.getGraphBuilder().setInput(0, input).setOutput(0, output);
    return builder.build();
  }

  /** A type for an input or output; -1 is free, each under a symbol of its own. */
  private static ValueInfoProto value(String name, DataType type, long... shape) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0) {
        tensor.getShapeBuilder().addDimBuilder().setDimParam("n" + i);
      } else {
        tensor.getShapeBuilder().addDimBuilder().setDimValue(shape[i]);
      }
    }
    return value.build();
  }

  private static void assertColours(OnnxClassifier classifier, double tolerance) {
    for (int repeat = 0; repeat < 2; repeat++) {
      assertThat(classifier.logits(photos(COLOURS), 2))
          .containsExactly(COLOURS, within((float) tolerance));
      assertThat(classifier.logits(photos(4, 5, 6), 1))
          .containsExactly(new float[] {4, 5, 6}, within((float) tolerance));
    }
  }

  @Test
  void open_oneInputAndOneOutput_needsNoNames() throws IOException {
    try (OnnxClassifier classifier = open(means("scores"), SAID)) {
      assertColours(classifier, 1e-6);
    }
  }

  @Test
  void open_byNames_takesThoseAndRefusesOthers() throws IOException {
    try (OnnxClassifier classifier =
        open(means("scores"), SAID.withInput("image").withOutput("scores"))) {
      assertColours(classifier, 1e-6);
    }
    assertThatThrownBy(() -> open(means("scores"), SAID.withInput("pixels")))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("one input, here 'pixels'; this file has [image]");
    assertThatThrownBy(() -> open(means("scores"), SAID.withOutput("")))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("no output is named ''")
        .hasMessageContaining("[scores]");
  }

  @Test
  void open_severalOutputs_needsTheNameOfOne() throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("image", OnnxGraphBuilder.BATCH, 3, SIZE, SIZE);
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", x));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    graph.output(flat, "first", OnnxGraphBuilder.BATCH, 3);
    graph.output(graph.node("neg", OnnxNode.of("Neg", flat)), "second", OnnxGraphBuilder.BATCH, 3);
    ModelProto model = graph.build();

    assertThatThrownBy(() -> open(model, SAID))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageStartingWith(folder.resolve("foreign.onnx").toString())
        .hasMessageContaining("[first, second]")
        .hasMessageContaining("--output NAME");
    try (OnnxClassifier classifier = open(model, SAID.withOutput("second"))) {
      assertThat(classifier.logits(photos(1, 2, 3), 1)).containsExactly(-1, -2, -3);
      assertThat(classifier.outputs(photos(COLOURS), 2, "second", "first"))
          .containsOnlyKeys("second", "first")
          .satisfies(
              all -> {
                assertThat(all.get("first").shape()).containsExactly(2, 3);
                assertThat(all.get("first").values()).containsExactly(COLOURS, within(1e-6f));
              });
      assertThatThrownBy(() -> classifier.features(photos(1, 2, 3), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no output 'features'")
          .hasMessageContaining("food export --features");
    }
  }

  @Test
  void logits_channelsLast_areThoseOfTheSamePhotos() throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("image", OnnxGraphBuilder.BATCH, SIZE, SIZE, 3);
    x = graph.node("nchw", OnnxNode.of("Transpose", x).with("perm", new int[] {0, 3, 1, 2}));
    // the first pixel of the last row, which a wrong order would not find
    String start = graph.integers("start", SIZE - 1, 0);
    String end = graph.integers("end", SIZE, 1);
    x = graph.node("pixel", OnnxNode.of("Slice", x, start, end, graph.integers("axes", 2, 3)));
    graph.output(
        graph.node("flat", OnnxNode.of("Flatten", x).with("axis", 1)),
        "scores",
        OnnxGraphBuilder.BATCH,
        3);
    float[] photo = new float[3 * PIXELS];
    for (int i = 0; i < photo.length; i++) {
      photo[i] = i;
    }
    try (OnnxClassifier classifier = open(graph.build(), SAID)) {
      assertThat(classifier.inputSize()).isEqualTo(SIZE);
      int pixel = (SIZE - 1) * SIZE;
      assertThat(classifier.logits(photo, 1))
          .containsExactly(pixel, PIXELS + pixel, 2 * PIXELS + pixel);
    }
  }

  @Test
  void logits_float16_areRounded() throws IOException {
    ModelProto model =
        with(
            means("scores"),
            value("image", DataType.FLOAT16, -1, 3, SIZE, SIZE),
            value("scores", DataType.FLOAT16, -1, 3));

    try (OnnxClassifier classifier = open(model, SAID)) {
      assertColours(classifier, 2e-3);
    }
  }

  @Test
  void logits_fixedBatch_areComputedInItsSteps() throws IOException {
    for (int fixed : new int[] {1, 2, 3}) {
      ModelProto model =
          with(
              means("scores"),
              value("image", DataType.FLOAT, fixed, 3, SIZE, SIZE),
              value("scores", DataType.FLOAT, fixed, 3));
      try (OnnxClassifier classifier = open(model, SAID)) {
        assertColours(classifier, 1e-6);
        float[] five = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        assertThat(classifier.logits(photos(five), 5)).containsExactly(five, within(1e-5f));
        OutputValues rows = classifier.outputs(photos(five), 5, "scores").get("scores");
        assertThat(rows.shape()).containsExactly(5, 3);
        assertThat(rows.values()).containsExactly(five, within(1e-5f));
      }
    }
  }

  @Test
  void open_freeSize_takesThatOfThePreprocessing() throws IOException {
    ModelProto model =
        with(
            means("scores"),
            value("image", DataType.FLOAT, -1, 3, -1, -1),
            value("scores", DataType.FLOAT, -1, 3));

    try (OnnxClassifier classifier = open(model, SAID)) {
      assertThat(classifier.inputSize()).isEqualTo(SIZE);
      assertColours(classifier, 1e-6);
    }
    try (OnnxClassifier classifier = open(model, ForeignModel.UNSAID.withImagenetPreprocessing())) {
      assertThat(classifier.inputSize()).isEqualTo(224);
    }
    assertThatThrownBy(() -> open(model, ForeignModel.UNSAID))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("photos of any size")
        .hasMessageContaining("--preprocessing");
  }

  @Test
  void open_freeClasses_takesTheNumberOfLabels() throws IOException {
    ModelProto model =
        with(
            means("scores"),
            value("image", DataType.FLOAT, -1, -1, -1, -1),
            value("scores", DataType.FLOAT, -1, -1));
    ModelProto withChannels =
        with(
            model,
            value("image", DataType.FLOAT, -1, 3, SIZE, SIZE),
            value("scores", DataType.FLOAT, -1, -1));

    try (OnnxClassifier classifier = open(withChannels, SAID)) {
      assertThat(classifier.classes()).isEqualTo(3);
    }
    assertThatThrownBy(() -> open(model, SAID))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("[-1, -1, -1, -1]");
  }

  @Test
  void logits_afterSoftmax_giveTheSameProbabilities() throws IOException {
    ModelProto model = means("prob", OnnxNode.of("Softmax").with("axis", 1));
    try (OnnxClassifier classifier = open(model, SAID)) {
      float[] logits = classifier.logits(photos(1, 2, 3.5f), 1);
      for (double temperature : new double[] {1, 2.5}) {
        assertThat(new Softmax(temperature).probabilities(logits, 0, 3))
            .containsExactly(
                new Softmax(temperature).probabilities(new float[] {1, 2, 3.5f}, 0, 3),
                within(1e-6f));
      }
      // a probability of 0 in float32 stays usable
      assertThat(classifier.logits(photos(500, 0, -500), 1))
          .doesNotContain(Float.NEGATIVE_INFINITY);
    }
    try (OnnxClassifier classifier = open(model, SAID.withScale(ScoreScale.LOGITS))) {
      assertThat(classifier.logits(photos(1, 1, 1), 1))
          .containsExactly(new float[] {1 / 3f, 1 / 3f, 1 / 3f}, within(1e-6f));
    }
    try (OnnxClassifier classifier = open(means("x"), SAID.withScale(ScoreScale.PROBABILITIES))) {
      assertThat(classifier.logits(photos(0.5f, 0.25f, 0.25f), 1)[0])
          .isCloseTo((float) Math.log(0.5), within(1e-6f));
    }
  }

  @Test
  void needsOnlyCard_whatTheFileTellsItself_isTrue() throws IOException {
    ModelProto softmax = means("prob", OnnxNode.of("Softmax").with("axis", 1));
    ModelOutline outline = ModelOutline.read(file(softmax));
    assertThat(SAID.needsOnlyCard(outline)).isTrue();
    assertThat(SAID.withOutput("prob").needsOnlyCard(outline)).isTrue();
    assertThat(SAID.withScale(ScoreScale.PROBABILITIES).needsOnlyCard(outline)).isTrue();
    assertThat(SAID.withScale(ScoreScale.LOGITS).needsOnlyCard(outline)).isFalse();
    assertThat(SAID.withOutput("scores").needsOnlyCard(outline)).isFalse();

    ModelProto.Builder two = softmax.toBuilder();
    two.getGraphBuilder().addOutput(value("flat", DataType.FLOAT, -1, 3));
    ModelOutline several = ModelOutline.read(file(two.build()));
    assertThat(SAID.withOutput("prob").needsOnlyCard(several)).isFalse();
    assertThat(SAID.scoreOutput(List.of("flat", "prob"))).isEmpty();
    assertThat(SAID.scoreOutput(List.of("features", "prob", "cam"))).hasValue("prob");
    assertThat(SAID.scoreOutput(List.of("flat", "logits"))).hasValue("logits");
  }

  @Test
  void pixels_inEitherLayout_areThePhotos() throws IOException {
    Preprocessing preprocessing =
        new Preprocessing(
            SIZE,
            SIZE,
            Interpolation.BILINEAR,
            List.of(0.5f, 0.25f, 0.1f),
            List.of(0.2f, 0.3f, 0.4f));
    ModelProto last = PixelInput.of(means("scores"), preprocessing);
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("image", OnnxGraphBuilder.BATCH, 3, SIZE, SIZE);
    x = graph.node("cast", OnnxNode.of("Cast", x).with("to", DataType.FLOAT.getNumber()));
    x = graph.node("mean", OnnxNode.of("GlobalAveragePool", x));
    x = graph.node("flat", OnnxNode.of("Flatten", x).with("axis", 1));
    graph.output(x, "scores", OnnxGraphBuilder.BATCH, 3);
    ModelProto first =
        with(
            graph.build(),
            value("image", DataType.UINT8, -1, 3, SIZE, SIZE),
            value("scores", DataType.FLOAT, -1, 3));
    byte[] pixels = new byte[3 * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (5 * i);
    }
    float[] normalised = new float[pixels.length];
    preprocessing.normalise(new Photo(SIZE, SIZE, pixels), normalised, 0);
    float[] mean = new float[3];
    float[] normalisedMean = new float[3];
    for (int i = 0; i < pixels.length; i++) {
      mean[i % 3] += (pixels[i] & 0xff) / (float) PIXELS;
      normalisedMean[i / PIXELS] += normalised[i] / PIXELS;
    }
    ForeignModel said = SAID.withPreprocessing(preprocessing);

    try (OnnxClassifier classifier = open(first, said)) {
      assertThat(classifier.pixelLogits(pixels, 1)).containsExactly(mean, within(1e-3f));
      assertThat(classifier.logits(normalised, 1)).containsExactly(mean, within(1e-3f));
    }
    try (OnnxClassifier classifier = open(last, said)) {
      assertThat(classifier.pixelLogits(pixels, 1)).containsExactly(normalisedMean, within(1e-5f));
      assertThat(classifier.logits(normalised, 1)).containsExactly(normalisedMean, within(1e-5f));
    }
    try (OnnxClassifier classifier = open(last, ForeignModel.UNSAID)) {
      assertThatThrownBy(() -> classifier.logits(normalised, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("takes pixels");
      assertThatThrownBy(() -> classifier.pixelLogits(new byte[7], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A batch of 1 photos of 4 x 4 pixels takes 48 bytes, not 7");
    }
    try (OnnxClassifier classifier = open(means("scores"), SAID)) {
      assertThatThrownBy(() -> classifier.pixelLogits(pixels, 1))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void open_photosWithoutACard_saysWhatIsMissing() throws IOException {
    Path path = file(means("scores"));

    assertThatThrownBy(() -> photos(path, ForeignModel.UNSAID))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining("--labels")
        .hasMessageContaining("--preprocessing");
    assertThatThrownBy(() -> photos(path, ForeignModel.UNSAID.withLabels(SmallModel.CARD.labels())))
        .hasMessageContaining("--preprocessing")
        .hasMessageNotContaining("--labels");
    assertThatThrownBy(() -> photos(path, SAID.withLabels(Labels.of(List.of("soup")))))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("3 classes, but there are 1 labels");
    assertThatThrownBy(() -> photos(path, SAID.withPreprocessing(Preprocessing.imagenet(9))))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("4 x 4 pixels, but its preprocessing makes them 9 x 9");
    try (PhotoClassifier classifier = photos(path, SAID)) {
      assertThat(classifier.card()).isEqualTo(SmallModel.CARD);
    }
    try (PhotoClassifier classifier = photos(path, SAID.withImagenetPreprocessing())) {
      assertThat(classifier.card().preprocessing()).isEqualTo(Preprocessing.imagenet(SIZE));
    }
  }

  private static PhotoClassifier photos(Path path, ForeignModel said) throws IOException {
    return PhotoClassifier.open(
        path,
        encoded -> {
          throw new PhotoException("none here");
        },
        RuntimeSettings.shared(1),
        said);
  }

  @Test
  void card_ofAFileThatHasOne_givesWayToWhatIsSaid() throws IOException {
    Path path = folder.resolve("own.onnx");
    ModelCard own = SmallModel.CARD.withTemperature(2).withThreshold(0.25);
    OnnxModelFile.write(path, SmallModel.withOutput("logits"), own);
    Labels others = Labels.of(List.of("a", "b", "c"));

    try (PhotoClassifier classifier = photos(path, ForeignModel.UNSAID.withLabels(others))) {
      assertThat(classifier.card())
          .isEqualTo(
              ModelCard.of(others, own.preprocessing()).withTemperature(2).withThreshold(0.25));
    }
  }

  @Test
  void card_withCharactersBeyondTheFirstPlane_isRead() throws IOException {
    Path path = folder.resolve("emoji.onnx");
    ModelCard card =
        ModelCard.of(
            Labels.of(List.of("\uD83C\uDF55", "crème brûlée", "寿司")),
            SmallModel.CARD.preprocessing());
    OnnxModelFile.write(path, SmallModel.withOutput("logits"), card);

    try (PhotoClassifier classifier = photos(path, ForeignModel.UNSAID)) {
      assertThat(classifier.card()).isEqualTo(card);
    }
    assertThat(OnnxModelFile.readCard(path)).isEqualTo(card);
  }
}
