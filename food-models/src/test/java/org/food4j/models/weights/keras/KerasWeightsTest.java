package org.food4j.models.weights.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.weights.ImportReport;
import org.food4j.models.weights.WeightImport;
import org.food4j.models.weights.WeightImportOptions;
import org.food4j.models.weights.WeightLayout;
import org.food4j.models.weights.WeightsCard;
import org.food4j.models.weights.WeightsException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** By miniatures that {@code keras_weights.py} wrote and computed. */
class KerasWeightsTest {
  private static final WeightImport STRICT = new WeightImport(WeightImportOptions.STRICT);

  @TempDir Path folder;

  @Test
  void file_of2016_hasTheLayersOfVgg16() throws IOException {
    KerasWeights file = KerasWeights.open(resource("vgg16.h5"));
    assertThat(file.names()).hasSize(32).contains("block1_conv1.kernel", "predictions.bias");
    assertThat(file.shape("block1_conv1.kernel")).containsExactly(2, 3, 3, 3);
    assertThat(file.shape("fc1.kernel")).containsExactly(5, 12);
    WeightsCard card = file.card();
    assertThat(card.architecture()).contains("vgg16");
    assertThat(card.layout()).contains(WeightLayout.KERAS);
    assertThat(card.padding()).contains(PaddingRule.SYMMETRIC);
    assertThat(card.classes()).hasValue(6);
    assertThat(card.batchNormEps()).isEmpty();
  }

  @Tag("reference")
  @Test
  void logits_ofVgg16_areKeras() throws IOException {
    KerasWeights file = KerasWeights.open(resource("vgg16.h5"));
    ComputationGraph graph = Miniatures.vgg16();
    ImportReport report = STRICT.load(file, graph);
    assertThat(report.matched()).hasSize(32);
    assertClose(graph.outputSingle(photos(64, file.card())), "vgg16");
  }

  @Tag("reference")
  @Test
  void logits_ofResNet50_areKeras() throws IOException {
    KerasWeights file = KerasWeights.open(resource("resnet50.h5"));
    assertThat(file.card().architecture()).contains("keras_resnet50");
    assertThat(file.card().batchNormEps()).hasValue(1.001e-5);
    ComputationGraph graph = Miniatures.resNet50();
    ImportReport report = STRICT.load(file, graph);
    assertThat(report.matched()).hasSameSizeAs(file.names());
    assertClose(graph.outputSingle(photos(32, file.card())), "resnet50");
  }

  @Test
  void file_thatIsNoHdf5_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.h5"), "not this one");
    assertThatThrownBy(() -> KerasWeights.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("a.h5: not an HDF5 file");
  }

  @Test
  void file_thatIsCut_isRefused() throws IOException {
    for (String name : List.of("vgg16.h5", "resnet50.h5")) { // superblocks of version 0 and 3
      byte[] whole = Files.readAllBytes(resource(name));
      for (int length : new int[] {0, 7, 8, 51, 52, whole.length / 2, whole.length - 1}) {
        Path file = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> KerasWeights.open(file))
            .as("%d bytes", length)
            .isInstanceOf(WeightsException.class)
            .hasMessageContaining(length < 52 ? "cut.h5: not an HDF5" : "cut.h5: truncated")
            .hasNoCause();
      }
    }
  }

  @Test
  void file_thatIsOverwrittenInside_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(resource("vgg16.h5"));
    Arrays.fill(bytes, 96, bytes.length, (byte) 0x55);
    Path file = Files.write(folder.resolve("broken.h5"), bytes);
    assertThatThrownBy(() -> KerasWeights.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("broken.h5: not readable as HDF5");
  }

  @ParameterizedTest
  @CsvSource({
    "kernel:0, KERNEL",
    "block1_conv1_W_1:0, KERNEL",
    "block1_conv1_b_1:0, BIAS",
    "bias, BIAS",
    "gamma:0, GAMMA",
    "bn2a_branch2a_running_mean:0, MOVING_MEAN",
    "moving_variance:0, MOVING_VARIANCE",
  })
  void parameter_ofADataSet_isToldByItsName(String name, KerasParameter expected) {
    assertThat(KerasParameter.of(name)).contains(expected);
    assertThat(KerasParameter.of("x" + name.replaceAll(".*_|:.*", "") + "x:0")).isEmpty();
  }

  @Test
  void turned_ofAnotherRank_isRefused() {
    assertThatThrownBy(() -> KerasParameter.KERNEL.turned(Nd4j.create(2, 3, 4)))
        .hasMessageContaining("not [2, 3, 4]");
    assertThatThrownBy(() -> KerasParameter.GAMMA.turned(Nd4j.create(2, 3)))
        .hasMessageContaining("a gamma is a vector, not [2, 3]");
  }

  private static void assertClose(INDArray logits, String network) throws IOException {
    Map<String, List<List<Double>>> all;
    try (InputStream json = KerasWeightsTest.class.getResourceAsStream("logits.json")) {
      all = new JsonMapper().readerForMapOf(List.class).readValue(json);
    }
    INDArray expected =
        Nd4j.create(
            all.get(network).stream()
                .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new));
    double spread = expected.getRow(0).sub(expected.getRow(1)).norm2Number().doubleValue();
    double difference = logits.castTo(DataType.DOUBLE).sub(expected).norm2Number().doubleValue();
    assertThat(difference / spread).isLessThan(1e-4);
  }

  /** The script's photos, red, green and blue first, normalised as the card says. */
  private static INDArray photos(int size, WeightsCard card) {
    float[] values = new float[2 * 3 * size * size];
    for (int at = 0; at < 3 * size * size; at++) {
      int channel = at % 3;
      int place = channel * size * size + at / 3;
      float mean = card.mean().orElseThrow().get(channel);
      float std = card.std().orElseThrow().get(channel);
      double first = 0.5 + 0.5 * Math.sin(0.37 * at + 0.1 * (at % 11));
      double second = 0.5 + 0.5 * Math.sin(0.011 * at + 0.9 * (at % 3));
      values[place] = (float) ((first - mean) / std);
      values[3 * size * size + place] = (float) ((second - mean) / std);
    }
    return Nd4j.create(values, new long[] {2, 3, size, size}, 'c');
  }

  private static Path resource(String name) {
    try {
      return Path.of(KerasWeightsTest.class.getResource(name).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
