package org.food4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.explain.graph.PhotoExplainer;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExplainerTest {
  private static final int SIZE = 96;
  private static final ModelCard CARD =
      ModelCard.of(Labels.of(List.of("pizza", "salad", "tart")), Preprocessing.imagenet(SIZE));
  private static final PhotoDecoder NONE =
      encoded -> {
        throw new PhotoException("not a photo");
      };

  @TempDir Path folder;

  private OnnxClassifier exported(ComputationGraph graph, ExportOptions options)
      throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxModelFile.write(file, new OnnxExporter().export(graph, options), CARD);
    return OnnxClassifier.open(file, RuntimeSettings.shared(1));
  }

  private static ScaledPhoto noise() {
    byte[] rgb = new byte[3 * 120 * 110];
    new Random(3).nextBytes(rgb);
    return ScaledPhoto.full(new Photo(120, 110, rgb));
  }

  @Test
  void explain_ofAFile_findsWhatGradCamFindsInTheLastMaps() throws IOException {
    ComputationGraph graph = Architectures.named("se_cnn").graph(new NetworkSpec(3, SIZE), 1);
    PhotoExplainer ofGraph = new PhotoExplainer(graph, CARD, NONE);
    ExportOptions options =
        ExportOptions.photos(SIZE).withClassActivation().withPixelInput(CARD.preprocessing());
    boolean warm = false;
    try (OnnxClassifier file = exported(graph, options)) {
      FileExplainer ofFile = new FileExplainer(file, CARD, NONE);
      for (int label = 0; label < 3; label++) {
        Explanation expected =
            ofGraph.explain(
                noise(), OptionalInt.of(label), Optional.empty(), ChannelWeighting.GRAD_CAM);
        Explanation found = ofFile.explain(noise(), OptionalInt.of(label));

        assertThat(found.explained()).isEqualTo(expected.explained());
        assertThat(found.cells().height()).isEqualTo(3);
        assertThat(found.cells().values())
            .containsExactly(expected.cells().values(), within(1e-3f));
        assertThat(found.heat().height()).isEqualTo(SIZE);
        assertThat(found.crop().rgb()).isEqualTo(expected.crop().rgb());
        warm |= !found.cells().isCold();
      }
      assertThat(warm).isTrue();
      assertThatThrownBy(() -> ofFile.explain(noise(), OptionalInt.of(3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 0 to 2, not 3");
    }
  }

  @Test
  void explainer_ofAFileWithoutTheMap_isRefused() throws IOException {
    ComputationGraph graph = Architectures.named("se_cnn").graph(new NetworkSpec(3, SIZE), 1);
    try (OnnxClassifier file = exported(graph, ExportOptions.photos(SIZE))) {
      assertThatThrownBy(() -> new FileExplainer(file, CARD, NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--cam");
    }
  }
}
