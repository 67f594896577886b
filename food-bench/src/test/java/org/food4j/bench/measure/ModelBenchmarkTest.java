package org.food4j.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.bench.compare.Agreement;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.LatencyRow;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.PhotoFolder;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks of a network whose logits are the mean red, green and blue of a photo. */
class LatencyBenchmarkTest {
  private static final int SIZE = 4;
  private static final Labels LABELS = Labels.of(List.of("red", "green", "blue"));
  private static final LatencyBenchmark SHORT = new LatencyBenchmark(2, List.of(1, 3), 2, 1);

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void photos() throws IOException {
    for (int label = 0; label < LABELS.size(); label++) {
      byte[] rgb = new byte[3 * 16 * 16];
      for (int i = label; i < rgb.length; i += 3) {
        rgb[i] = (byte) 200;
      }
      Path photo = folder.resolve("photos").resolve(LABELS.get(label).name()).resolve("1.jpg");
      Files.createDirectories(photo.getParent());
      Files.write(photo, JpegEncoder.encode(new Photo(16, 16, rgb), 0.9f));
    }
    dataset = PhotoFolder.open(folder.resolve("photos"), LABELS);
  }

  private Path model(String path) throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 3, SIZE, SIZE);
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", input));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    graph.output(flat, "logits", OnnxGraphBuilder.BATCH, LABELS.size());
    ModelCard card =
        ModelCard.of(
            LABELS,
            new Preprocessing(
                SIZE, SIZE, Interpolation.BILINEAR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
    Path file = folder.resolve(path);
    OnnxModelFile.write(file, graph.build(), card);
    return file;
  }

  private List<LatencyBenchmark.Result> run(PhotoDecoder decoder, Path... models)
      throws IOException {
    return SHORT.run(Arrays.asList(models), dataset, dataset.entries(), decoder, Progress.NONE);
  }

  @Test
  void run_ofTwoFilesOfOneName_keepsThemApart() throws Exception {
    List<LatencyBenchmark.Result> results =
        run(new NativePhotoDecoder(), model("a/model.onnx"), model("b/model.onnx"));
    List<LatencyRow> rows = results.stream().flatMap(r -> r.rows().stream()).toList();
    assertThat(rows)
        .extracting(LatencyRow::model)
        .containsExactly("a/model.onnx", "a/model.onnx", "b/model.onnx", "b/model.onnx");
    assertThat(rows).extracting(LatencyRow::batch).containsExactly(1, 3, 1, 3);
    assertThat(rows).allSatisfy(row -> assertThat(row.samplesMs()).hasSize(4));
    assertThat(rows).allSatisfy(row -> assertThat(row.top1()).isEqualTo(1));
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(row.bytes()).isEqualTo(Files.size(folder.resolve("a/model.onnx"))));
  }

  @Test
  void run_ofOneModelTwice_isRefused() throws Exception {
    Path model = model("model.onnx");
    assertThatThrownBy(() -> run(new NativePhotoDecoder(), model, model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are the same model");
  }

  @Test
  void run_ofAPhotoThatBreaksLater_namesIt() throws Exception {
    Path model = model("model.onnx");
    Path first = dataset.photo(dataset.entries().get(0));
    AtomicInteger decoded = new AtomicInteger();
    NativePhotoDecoder working = new NativePhotoDecoder();
    PhotoDecoder breaking =
        encoded -> {
          if (decoded.incrementAndGet() > dataset.entries().size()) {
            throw new PhotoException("damaged JPEG: by the test");
          }
          return working.decode(encoded);
        };
    assertThatThrownBy(() -> run(breaking, model))
        .isInstanceOf(PhotoReadException.class)
        .hasMessageStartingWith(first + ": damaged JPEG: by the test");
  }

  @Test
  void onNoise_ofMoreThanABatch_comparesEachInput() throws Exception {
    Agreement agreement = ExportCheck.onNoise(model("a.onnx"), model("b.onnx"), 71);
    assertThat(agreement).isEqualTo(new Agreement(71, 0, 1));
    assertThatThrownBy(() -> ExportCheck.onNoise(model("a.onnx"), model("b.onnx"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }
}
