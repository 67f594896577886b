package org.food4j.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Agreement;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.PhotoFolder;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks of a network whose logits are the mean red, green and blue of a photo. */
class ModelBenchmarkTest {
  private static final int SIZE = 4;
  private static final Labels LABELS = Labels.of(List.of("red", "green", "blue"));
  private static final BenchmarkSettings SHORT =
      new BenchmarkSettings(List.of(1, 3), 2, 2, 0, 1, 0, 1);

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

  private Benchmark run(PhotoDecoder decoder, Path... models) throws IOException {
    List<Subject> subjects = Subject.of(Arrays.asList(models), Set.of(ExecutionProvider.CPU));
    return new ModelBenchmark(SHORT, new InProcessMeasurer(decoder))
        .run(
            subjects,
            BenchmarkPhotos.of(dataset, Split.TEST),
            "here",
            Map.of(),
            subjects.get(0).name(),
            Progress.NONE);
  }

  @Test
  void run_ofTwoFilesOfOneName_keepsThemApart() throws Exception {
    Benchmark benchmark =
        run(new NativePhotoDecoder(), model("a/model.onnx"), model("b/model.onnx"));
    List<MeasuredModel> models = benchmark.models();
    assertThat(models)
        .extracting(MeasuredModel::name)
        .containsExactly("a/model.onnx", "b/model.onnx");
    assertThat(models)
        .allSatisfy(
            model -> {
              assertThat(model.batches()).extracting(BatchTimes::batch).containsExactly(1, 3);
              assertThat(model.batches().get(1).times().samplesMs())
                  .hasSize(2)
                  .allSatisfy(round -> assertThat(round).hasSize(2));
              assertThat(model.load().samplesMs()).hasSize(2);
              assertThat(model.batches().get(0).memoryBytes()).isEmpty(); // others' memory too
              assertThat(model.answers().top1()).isEqualTo(1);
              assertThat(model.bytes()).isEqualTo(Files.size(folder.resolve("a/model.onnx")));
            });
    assertThat(models.get(0).sha256()).hasSize(64).isEqualTo(models.get(1).sha256());
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
  void run_ofSeveralModels_takesTurnsThatBeginWithAnother() throws Exception {
    List<String> calls = new ArrayList<>();
    Measurer recording =
        new Measurer() {
          @Override
          public Answers answer(
              Subject subject, BenchmarkPhotos photos, BenchmarkSettings settings, Path input) {
            calls.add("answer " + subject.name());
            return new Answers("a runtime", "onnx float32", 7, new float[9]);
          }

          @Override
          public Round time(Subject subject, BenchmarkSettings settings, Path input) {
            calls.add("time " + subject.name());
            return new Round(
                1,
                List.of(
                    new BatchRound(1, List.of(1.0), List.of(5L)),
                    new BatchRound(3, List.of(3.0), List.of(6L))));
          }
        };
    List<Subject> subjects =
        Subject.of(List.of(model("a.onnx"), model("b.onnx")), Set.of(ExecutionProvider.CPU));
    BenchmarkPhotos photos = BenchmarkPhotos.of(dataset, Split.TEST);
    Benchmark benchmark =
        new ModelBenchmark(SHORT, recording)
            .run(subjects, photos, "here", Map.of(), "b.onnx", Progress.NONE);
    assertThat(calls)
        .containsExactly(
            "answer a.onnx",
            "answer b.onnx",
            "time a.onnx",
            "time b.onnx",
            "time b.onnx",
            "time a.onnx");
    assertThat(benchmark.referenceModel().name()).isEqualTo("b.onnx");
    assertThat(benchmark.models().get(0).batch(3).orElseThrow().memoryBytes())
        .containsExactly(6L, 6L);
    assertThatThrownBy(
            () ->
                new ModelBenchmark(SHORT, recording)
                    .run(subjects, photos, "here", Map.of(), "c.onnx", Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The reference is one of [a.onnx, b.onnx], not 'c.onnx'");
  }

  @Test
  void run_ofAModelWhoseLogitsAreNoNumbers_namesItBeforeAnythingIsTimed() throws Exception {
    Measurer broken =
        new Measurer() {
          @Override
          public Answers answer(
              Subject subject, BenchmarkPhotos photos, BenchmarkSettings settings, Path input) {
            float[] logits = new float[9];
            logits[4] = Float.NaN;
            return new Answers("a runtime", "onnx float16", 7, logits);
          }

          @Override
          public Round time(Subject subject, BenchmarkSettings settings, Path input) {
            throw new AssertionError("nothing is to be timed");
          }
        };
    List<Subject> subjects = Subject.of(List.of(model("half.onnx")), Set.of(ExecutionProvider.CPU));
    BenchmarkPhotos photos = BenchmarkPhotos.of(dataset, Split.TEST);
    assertThatThrownBy(
            () ->
                new ModelBenchmark(SHORT, broken)
                    .run(subjects, photos, "here", Map.of(), "half.onnx", Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("half.onnx: The logit of class 1 is NaN");
  }

  /** Does the work in this process, and starts one that only ends. */
  private static Process inline(Path task, Path log, String exit) throws IOException {
    try {
      Worker.run(task);
    } catch (IOException e) {
      Files.writeString(log, "INFO starting\nfood: " + e.getMessage() + "\n\n");
      return new ProcessBuilder("sh", "-c", "exit 1").start();
    }
    return new ProcessBuilder("sh", "-c", "exit " + exit).start();
  }

  @Test
  void workers_measure_asThisProcessDoes() throws Exception {
    Subject subject = Subject.of(List.of(model("m.onnx")), Set.of(ExecutionProvider.CPU)).get(0);
    BenchmarkPhotos photos = BenchmarkPhotos.of(dataset, Split.TEST);
    Path input = folder.resolve("input.npy");
    List<Map<String, String>> environments = new ArrayList<>();
    Measurer workers =
        new WorkerProcesses(
            (task, tensors, environment, log) -> {
              assertThat(tensors).isFalse();
              environments.add(environment);
              return inline(task, log, "0");
            });
    Measurer.Answers answers = workers.answer(subject, photos, SHORT, input);
    Measurer.Answers here =
        new InProcessMeasurer(new NativePhotoDecoder())
            .answer(subject, photos, SHORT, folder.resolve("here.npy"));
    assertThat(answers.logits()).isEqualTo(here.logits());
    assertThat(answers.runtime()).isEqualTo(here.runtime());
    assertThat(input).hasSameBinaryContentAs(folder.resolve("here.npy"));
    Measurer.Round round = workers.time(subject, SHORT, input);
    assertThat(round.batches()).extracting(Measurer.BatchRound::batch).containsExactly(1, 3);
    assertThat(environments).allMatch(e -> e.equals(Map.of("OMP_NUM_THREADS", "1")));
  }

  @Test
  void workers_thatFail_sayWhichModelAndWhy() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "nothing");
    Subject subject = new Subject(broken, "broken.onnx", ExecutionProvider.CPU);
    BenchmarkPhotos photos = BenchmarkPhotos.of(dataset, Split.TEST);
    Measurer workers =
        new WorkerProcesses((task, tensors, environment, log) -> inline(task, log, "0"));
    Path input = folder.resolve("input.npy");
    assertThatThrownBy(() -> workers.answer(subject, photos, SHORT, input))
        .isInstanceOf(WorkerException.class)
        .hasMessageStartingWith("broken.onnx could not be measured: " + broken)
        .hasMessageEndingWith("(its process ended with exit code 1)");
    Measurer killed =
        new WorkerProcesses(
            (task, tensors, environment, log) ->
                new ProcessBuilder("sh", "-c", "kill -9 $$").start());
    assertThatThrownBy(() -> killed.time(subject, SHORT, input))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("it said nothing (its process was killed by signal 9, as Linux does");
  }

  @Test
  void memory_ofALinuxProcess_isReadInBytes() {
    String status = "VmPeak:\t  99 kB\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n";
    assertThat(ResidentMemory.parsed(status, "VmHWM")).hasValue(2048 * 1024);
    assertThat(ResidentMemory.parsed(status, "VmRSS")).hasValue(1024 * 1024);
    assertThat(ResidentMemory.parsed("Name: java\n", "VmRSS")).isEmpty();
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
