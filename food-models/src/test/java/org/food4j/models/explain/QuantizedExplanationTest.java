package org.food4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.models.onnx.quantize.DynamicQuantizer;
import org.food4j.models.onnx.quantize.Float16Conversion;
import org.food4j.models.onnx.quantize.KeepFloat;
import org.food4j.models.onnx.quantize.SampleBatch;
import org.food4j.models.onnx.quantize.StaticOptions;
import org.food4j.models.onnx.quantize.StaticQuantizer;
import org.food4j.models.onnx.quantize.WeightQuantization;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file keeps its card and its outputs beside the scores in whatever numbers it computes. */
class QuantizedExplanationTest {
  private static final int SIZE = 96;
  private static final ModelCard CARD =
      ModelCard.of(Labels.of(List.of("pizza", "salad", "tart")), Preprocessing.imagenet(SIZE));
  private static final PhotoDecoder NONE =
      encoded -> {
        throw new PhotoException("not a photo");
      };

  @TempDir private static Path folder;

  private static Found real;

  /** With the least cosine between what a form and float32 give, for every photo. */
  private enum Form {
    STATIC(0.995, QuantizedExplanationTest::calibrated),
    DYNAMIC(0.995, model -> DynamicQuantizer.quantize(model, KeepFloat.NOTHING, false)),
    WEIGHTS(0.999, model -> WeightQuantization.standard().quantize(model).model()),
    FLOAT16(0.99999, model -> Float16Conversion.standard().convert(model).model()),
    FLOAT16_THROUGHOUT(
        0.99999, model -> Float16Conversion.standard().withHalfEndpoints().convert(model).model());

    private final double least;
    private final UnaryOperator<ModelProto> conversion;

    Form(double least, UnaryOperator<ModelProto> conversion) {
      this.least = least;
      this.conversion = conversion;
    }
  }

  /** What a file gives for some photos, one row for each. */
  private record Found(
      ModelCard card,
      List<String> outputs,
      List<float[]> features,
      List<float[]> maps,
      List<float[]> heat) {}

  @BeforeAll
  static void exportFloat() throws IOException {
    var graph = Architectures.named("se_cnn").graph(new NetworkSpec(3, SIZE), 1);
    ExportOptions options = ExportOptions.photos(SIZE).withFeatures().withClassActivation();
    OnnxModelFile.write(file("float32"), new OnnxExporter().export(graph, options), CARD);
    real = explained(file("float32"));
  }

  private static Path file(String form) {
    return folder.resolve(form + ".onnx");
  }

  /** Shades that change slowly along the rows. */
  private static List<ScaledPhoto> photos(long seed) {
    Random random = new Random(seed);
    List<ScaledPhoto> photos = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      byte[] rgb = new byte[3 * 120 * 110];
      double[] shades = {128, 128, 128};
      for (int i = 0; i < rgb.length; i++) {
        double shade = 0.98 * (shades[i % 3] - 128) + 14 * random.nextGaussian() + 128;
        shades[i % 3] = shade;
        rgb[i] = (byte) Math.max(0, Math.min(255, shade));
      }
      photos.add(ScaledPhoto.full(new Photo(120, 110, rgb)));
    }
    return photos;
  }

  private static ModelProto calibrated(ModelProto model) {
    String input = OnnxGraph.of(model).inputs().get(0);
    List<SampleBatch> samples =
        photos(1).stream()
            .map(photo -> CARD.preprocessing().apply(photo))
            .map(values -> SampleBatch.of(input, values, 1, 3, SIZE, SIZE))
            .toList();
    return StaticQuantizer.calibrated(model, StaticOptions.DEFAULT, samples, n -> {}).quantize();
  }

  private static Found explained(Path file) throws IOException {
    ModelCard card = OnnxModelFile.readCard(file);
    List<float[]> features = new ArrayList<>();
    List<float[]> maps = new ArrayList<>();
    List<float[]> heat = new ArrayList<>();
    try (OnnxClassifier network = OnnxClassifier.open(file, RuntimeSettings.shared(1))) {
      FileExplainer explainer = new FileExplainer(network, card, NONE);
      for (ScaledPhoto photo : photos(2)) {
        float[] input = card.preprocessing().apply(photo);
        features.add(network.features(input, 1).values());
        maps.add(network.classActivation(input, 1).values());
        for (int label = 0; label < card.labels().size(); label++) {
          Explanation explanation = explainer.explain(photo, OptionalInt.of(label));
          assertThat(explanation.explained()).isEqualTo(CARD.labels().get(label));
          heat.add(explanation.cells().values());
        }
      }
      return new Found(card, network.outputs(), features, maps, heat);
    }
  }

  private static double cosine(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
      squares += (double) one[i] * one[i];
      others += (double) other[i] * other[i];
    }
    return squares == 0 && others == 0 ? 1 : product / Math.sqrt(squares * others);
  }

  private static double least(List<float[]> expected, List<float[]> found) {
    double least = 1;
    for (int i = 0; i < expected.size(); i++) {
      least = Math.min(least, cosine(expected.get(i), found.get(i)));
    }
    return least;
  }

  /** The judge of the others: photos differ by more than forms may. */
  @Test
  void explain_otherPhotos_findsOthers() {
    for (List<float[]> rows : List.of(real.features, real.maps)) {
      for (int i = 1; i < rows.size(); i++) {
        assertThat(cosine(rows.get(0), rows.get(i))).isLessThan(0.97);
      }
    }
    assertThat(real.heat).anyMatch(cells -> cells[0] > 0);
  }

  @ParameterizedTest
  @EnumSource
  void explain_fileOfOtherNumbers_findsNearlyTheSame(Form form) throws IOException {
    Path file = file(form.name());
    OnnxModelFile.write(file, form.conversion.apply(OnnxModelFile.readModel(file("float32"))));

    Found found = explained(file);

    assertThat(found.card).isEqualTo(CARD);
    assertThat(found.outputs).isEqualTo(real.outputs).contains("features", "cam");
    assertThat(least(real.features, found.features)).isBetween(form.least, 1 - 1e-12);
    assertThat(least(real.maps, found.maps)).isBetween(form.least, 1 - 1e-12);
    assertThat(least(real.heat, found.heat)).isBetween(form.least, 1 - 1e-12);
  }
}
